import { Module } from '@nestjs/common';
import { FinanceProductsController } from './finance-products.controller.js';
import { PoliciesController } from './policies.controller.js';

@Module({ controllers: [PoliciesController, FinanceProductsController] })
export class PoliciesModule {}
