/** The catalog's team hears of an article that our copy still has and Inventory does not sell any more (domain 9.8). */
import { Clock, Effect } from 'effect';
import { Alerts } from './alerts.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * One alert for an article and day, however many customers ask for it: the alert's id is made of both (lesson F-16). The
 * customer's answer does not wait for it; one that could not be recorded is logged, and the next question tries again.
 */
export const tellGone = Effect.fn('tellGone')(function* (sku: string) {
  const alerts = yield* Alerts;
  const day = Math.floor((yield* Clock.currentTimeMillis) / DAY_MS);
  yield* alerts
    .raise(`gone:${sku}:${day}`, {
      conversationId: null,
      trigger: null,
      reason: `Customers ask for ${sku}, which Inventory does not sell`,
      summary:
        'Make the item active and give it a price in Zoho Inventory, or let the next catalog sync take it out.',
    })
    .pipe(
      Effect.catch((error) =>
        Effect.logWarning('An article that is gone could not be told to managers', {
          sku,
          reason: error._tag,
        }),
      ),
    );
});
