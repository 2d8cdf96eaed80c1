/** Tells the managers; the id of the command makes a repeated try one alert (contract 5). */
import { Effect } from 'effect';
import type { AlertParams } from '../../machines/conversation/actors.ts';
import { Alerts } from './alerts.ts';

export const alertManager = Effect.fn('alertManager')(function* (alert: AlertParams, commandId: string) {
  const alerts = yield* Alerts;
  yield* alerts.raise(commandId, alert);
});
