/**
 * Long timers may be kept a second time by somebody else (a job queue), in the commit that arms them. The engine's table
 * stays the truth: the other one only makes it look there, so what it loses, repeats or tells too late does no harm.
 */
import type { Advance } from './advance.ts';
import type { Context } from './context.ts';
import type { Client } from './database.ts';
import { faultOf, isPassingFault } from './errors.ts';
import { dueTimesOf, fireDueTimers } from './store/timers.ts';
import type { Clock, Log, LongTimer, LongTimers } from './types.ts';

export interface TimerMirror {
  /** False for most commits, and then they pay nothing. */
  readonly concerns: (advances: readonly Advance[]) => boolean;
  /** One statement for all long timers of the commit; throws {@link MirrorRefused}, then the batch is tried without it. */
  readonly write: (client: Client, advances: readonly Advance[]) => Promise<void>;
}

/** The mirror is out of order: the transaction is lost, the events are not to blame. */
export class MirrorRefused extends Error {
  override readonly name = 'MirrorRefused';
  /** transaction_rollback: a passing fault for everybody who looks (errors.ts). */
  readonly code = '40000';
}

/** A mirror that failed is left alone so long, ms: actors go on, the table has their timers. */
const REST_MS = 60_000;

export const makeTimerMirror = (longTimers: LongTimers, clock: Clock, log: Log): TimerMirror => {
  let restUntil = 0;
  const longOf = (advances: readonly Advance[]): readonly LongTimer[] => {
    if (clock.now() < restUntil) return [];
    return advances.flatMap((advance) =>
      advance.armed.flatMap(({ actorId, timerId, at, armedSeq }) =>
        isNews(advance, timerId, armedAt(advance, armedSeq), at) ? [{ actorId, timerId, dueAt: at }] : [],
      ),
    );
  };
  /** One that was armed long before its time has its place there already: whoever keeps it finds the new time. */
  const isNews = ({ timersBefore }: Advance, timerId: string, now: number, at: number): boolean =>
    at - now >= longTimers.fromMs && (timersBefore[timerId]?.at ?? 0) - now < longTimers.fromMs;
  return {
    concerns: (advances) => advances.some(({ armed }) => armed.length > 0) && longOf(advances).length > 0,
    write: async (client, advances) => {
      const timers = longOf(advances);
      if (timers.length === 0) return;
      try {
        await longTimers.write((query) => client.query(query), timers);
      } catch (error) {
        if (isPassingFault(error)) throw error;
        restUntil = clock.now() + REST_MS;
        log.error(
          { error: faultOf(error), restMs: REST_MS },
          'long timers cannot be mirrored: see that the job queue is there; until then the engine keeps them alone',
        );
        throw new MirrorRefused('The long timers could not be mirrored.', { cause: error });
      }
    },
  };
};

/** When the step began that armed it; steps of one advance have consecutive numbers. */
const armedAt = ({ steps }: Advance, armedSeq: number): number =>
  steps[armedSeq - (steps[0]?.row.seq ?? armedSeq)]?.row.at ?? 0;

/**
 * Looks at these timers now, because their time should have come. What is due is fired, whoever armed it; those that
 * were armed anew for later are returned; those whose state was left do nothing. `onFired` hears of the actors.
 */
export const lookAtTimers = async (
  { db, host, clock, limits }: Context,
  timers: readonly Omit<LongTimer, 'dueAt'>[],
  onFired: (actorIds: readonly string[]) => void,
): Promise<readonly LongTimer[]> => {
  const armed = await dueTimesOf(db.pool, timers);
  const now = clock.now();
  for (let full = armed.some(({ dueAt }) => dueAt <= now); full; ) {
    const actorIds = await fireDueTimers(db.pool, host.names, now, limits.pollPage);
    onFired([...new Set(actorIds)]);
    full = actorIds.length >= limits.pollPage;
  }
  return armed.filter(({ dueAt }) => dueAt > now);
};
