/** Ends of attempts by group commit: those that come while one statement runs share the next. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from './context.ts';
import { faultOf, isPassingFault } from './errors.ts';
import { type Settlement, settleCommands } from './store/commands.ts';

export interface Settler {
  /** Resolves after the commit: true when the attempt was still ours. Tries until the database answers or `stop`. */
  readonly settle: (settlement: Settlement) => Promise<boolean>;
  /** Attempts that could not be settled are left to the release or to another replica. */
  readonly stop: () => Promise<void>;
}

interface Waiting {
  readonly settlement: Settlement;
  readonly resolve: (ours: boolean) => void;
}

export const makeSettler = (context: Context, onResults: (actorIds: readonly string[]) => void): Settler => {
  const waiting: Waiting[] = [];
  const stopping = new AbortController();
  let running: Promise<void> | null = null;

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    const ours = await persist(batch.map((item) => item.settlement));
    const told = batch.flatMap(({ settlement }) =>
      settlement.result !== null && ours.has(settlement.commandId) ? [settlement.actorId] : [],
    );
    if (told.length > 0) onResults([...new Set(told)]);
    for (const { settlement, resolve } of batch) resolve(ours.has(settlement.commandId));
  };

  const persist = async (settlements: readonly Settlement[]): Promise<ReadonlySet<string>> => {
    const { faultRetryMs, faultRetryMaxMs } = context.limits;
    for (let fault = 0; ; fault++) {
      try {
        return await settleCommands(context.db.pool, settlements, context.incarnation, context.clock.now());
      } catch (error) {
        if (stopping.signal.aborted) return new Set();
        if (!isPassingFault(error)) {
          if (settlements.length > 1) return persistEach(settlements);
          const other = settlements[0]?.ifRefused;
          if (other) return persist([other]);
        }
        context.log.error(
          { error: faultOf(error) },
          'the end of a command could not be stored; trying again',
        );
        const wait = Math.min(faultRetryMaxMs, faultRetryMs * 2 ** Math.min(fault, 10));
        await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined); // one last try
      }
    }
  };

  /** One of them is refused by the database: the others must not wait for it. */
  const persistEach = async (settlements: readonly Settlement[]): Promise<ReadonlySet<string>> => {
    const sets = await Promise.all(settlements.map((settlement) => persist([settlement])));
    return new Set(sets.flatMap((set) => [...set]));
  };

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) await write(waiting.splice(0, context.limits.deliverBatchEvents));
    running = null;
  };

  return {
    settle: (settlement) =>
      new Promise((resolve) => {
        waiting.push({ settlement, resolve });
        running ??= Promise.resolve().then(drain);
      }),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
