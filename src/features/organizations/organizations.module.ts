import { Module } from '@nestjs/common';
import { OrganizationsController } from './organizations.controller.js';
import { RegionsController } from './regions.controller.js';

@Module({ controllers: [RegionsController, OrganizationsController] })
export class OrganizationsModule {}
