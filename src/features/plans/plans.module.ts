import { Module } from '@nestjs/common';
import { OrganizationTasksController } from './organization-tasks.controller.js';
import { PlansController } from './plans.controller.js';
import { SectionsController } from './sections.controller.js';
import { TasksController } from './tasks.controller.js';

@Module({ controllers: [PlansController, SectionsController, TasksController, OrganizationTasksController] })
export class PlansModule {}
