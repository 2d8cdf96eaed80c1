/** The managers' question is dealt with: its buttons go, and the group reads how it ended (domain 8.8). */
import { Effect } from 'effect';
import { Alerts, type ClosedAlerts } from './alerts.ts';

export const closeAlerts = Effect.fn('closeAlerts')(function* (closed: ClosedAlerts) {
  const alerts = yield* Alerts;
  yield* alerts.close(closed);
});
