import { once } from 'node:events';
import type { Notification } from '../../src/platform/notifications/notification.js';
import type { TestPortal } from './portal.js';

/** Has a portal tell people of something, in a transaction that can be undone. */
export const notify = async (portal: TestPortal, notification: Notification, undo = false): Promise<void> => {
  const answered = once(portal.process, 'message');
  portal.process.send({ notification, undo });
  const [{ notified }] = (await answered) as [{ notified: string | null }];
  if (notified !== null) throw new Error(notified);
};

/** A meeting is proposed, and everybody on both sides is told; `more` says otherwise. */
export const aboutMeeting = (id: string, more: Partial<Notification> = {}): Notification => ({
  kind: 'meeting.proposed',
  about: { resource: 'meeting', id },
  to: [{ side: 'cn' }, { side: 'ru' }],
  ...more,
});
