import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Change, ChangeListener } from '../../resource/changes.js';

/**
 * Workflows of the features that follow changes, such as seals that an edit breaks. The platform knows no feature, so
 * each adds its listener when its module starts; they hear of a change after the trail has, because what they do about
 * it are changes of their own, told after their cause.
 */
@Injectable()
export class WorkflowListeners implements ChangeListener {
  private readonly listeners: ChangeListener[] = [];

  add(listener: ChangeListener): void {
    this.listeners.push(listener);
  }

  async onChange(change: Change, manager: EntityManager): Promise<void> {
    for (const listener of this.listeners) await listener.onChange(change, manager);
  }
}
