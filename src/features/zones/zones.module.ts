import { Module } from '@nestjs/common';
import { ClustersController } from './clusters.controller.js';
import { FacilitiesController } from './facilities.controller.js';
import { IndustriesController } from './industries.controller.js';
import { ZonesController } from './zones.controller.js';

@Module({ controllers: [IndustriesController, ZonesController, FacilitiesController, ClustersController] })
export class ZonesModule {}
