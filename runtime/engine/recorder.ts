/**
 * Events become durable in the mailbox by group commit: those that arrive while one insert runs share the next (at most
 * `deliverBatchEvents`, no artificial wait). The way of replicas that do not apply, and of what could not be merged.
 */
import { unavailable } from './accept-event.ts';
import type { Context } from './context.ts';
import { type Arrival, compareText, type Sink } from './deliver.ts';
import { codeOf } from './errors.ts';
import { insertEvents, type MailboxRow } from './store/insert-events.ts';

/** Two inserts of the same events in another order may deadlock; the one that was stopped goes again. */
const DEADLOCK_RETRIES = 5;

/** `onDurable` hears of each actor that got something new, after the commit and before its caller. */
export const makeRecorder = (context: Context, onDurable: (actorIds: readonly string[]) => void): Sink => {
  const waiting: Arrival[] = [];
  let running = false;
  const drain = async (): Promise<void> => {
    // Calls of this turn of the event loop share the first insert.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      await recordArrivals(
        context,
        takeFirst(waiting, context.limits.deliverBatchEvents, context),
        onDurable,
      );
    }
    running = false;
  };
  return (arrivals) => {
    for (const arrival of arrivals) waiting.push(arrival);
    if (running) return;
    running = true;
    void drain();
  };
};

/** Takes at most `maxEvents` from the front, and no more characters than one batch may have. */
export const takeFirst = (
  queue: Arrival[],
  maxEvents: number,
  { limits }: Pick<Context, 'limits'>,
): readonly Arrival[] => {
  let chars = 0;
  let count = 0;
  for (const { row } of queue) {
    chars += row.body.length;
    if (count > 0 && (count >= maxEvents || chars > limits.deliverBatchChars)) break;
    count++;
  }
  return queue.splice(0, count);
};

/** Makes the arrivals durable, in their order within each actor, and answers them. Never rejects. */
export const recordArrivals = async (
  context: Context,
  arrivals: readonly Arrival[],
  onDurable: (actorIds: readonly string[]) => void,
): Promise<void> => {
  const sorted = [...arrivals].sort((a, b) => compareText(a.row.actorId, b.row.actorId));
  try {
    await context.trigger('deliver.before-commit');
    const inserted = await insertRetrying(
      context,
      sorted.map(({ row }) => row),
    );
    await context.trigger('deliver.after-commit');
    const fresh = new Set(inserted.map(({ actorId, eventId }) => `${actorId}\n${eventId}`));
    onDurable([...new Set(inserted.map(({ actorId }) => actorId))]);
    // A key counts as accepted once: `fresh` loses what was answered.
    for (const { row, done } of sorted) {
      done(fresh.delete(`${row.actorId}\n${row.eventId}`) ? 'accepted' : 'duplicate');
    }
  } catch (error) {
    for (const { failed } of sorted) failed(unavailable(error));
  }
};

const insertRetrying = async ({ db, clock }: Context, rows: readonly MailboxRow[]) => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await insertEvents(db.pool, rows, clock.now());
    } catch (error) {
      if (codeOf(error) !== '40P01' || attempt >= DEADLOCK_RETRIES) throw error;
    }
  }
};
