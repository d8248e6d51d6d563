import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { RouteTable } from '../../infra/http/route-table.js';
import { OpenApiDocuments } from './open-api-documents.js';

@Module({ imports: [DiscoveryModule], providers: [RouteTable, OpenApiDocuments] })
export class OpenApiModule {}
