/**
 * One actor is held and let go by an operator. A pause is a parked event in front of all others: whatever keeps events
 * behind a poison one keeps them behind this one too, on every replica. The journal row moves the actor's version, so
 * that a replica which has the actor in memory finds out before it writes. Commands of an actor with such a row are not
 * claimed (store/commands.ts). Timers go on: what comes due waits in the mailbox, in its place among the events.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { advance } from './advance.ts';
import { project } from './apply-batch.ts';
import type { Context } from './context.ts';
import type { Client } from './database.ts';
import { codeOf, SnapshotRefused } from './errors.ts';
import { encodeJson } from './json.ts';
import { cleanReason } from './store/advance-writes.ts';
import { dropUnapplied, insertPause, lockUnpaused, PAUSED, pauseId, unparkPause } from './store/pauses.ts';
import { recordAdvances } from './store/record-advances.ts';
import type { AppliedStep } from './types.ts';

/** A lane that is just committing holds the actor's row; it is waited for this often. */
const LOCK_TRIES = 50;
const LOCK_NOT_AVAILABLE = '55P03';

/** The steps of the pause's commit, for those who listen to commits. Null: no such actor, or it is paused already. */
export const pauseActor = async (
  context: Context,
  actorId: string,
  reason: string,
): Promise<readonly AppliedStep[] | null> => {
  const steps = await waitingForLock(context, (client) =>
    pause(context, client, actorId, cleanReason(reason)),
  );
  context.cache.drop(actorId);
  return steps;
};

/** A transaction that needs an actor's row: tried again while a lane holds it. */
export const waitingForLock = async <A>(
  context: Context,
  work: (client: Client) => Promise<A>,
): Promise<A> => {
  for (let tried = 1; ; tried++) {
    try {
      return await context.db.transaction(work);
    } catch (error) {
      if (codeOf(error) !== LOCK_NOT_AVAILABLE || tried >= LOCK_TRIES) throw error;
      await sleep(context.limits.lockedRetryMs);
    }
  }
};

const pause = async (
  context: Context,
  client: Client,
  actorId: string,
  reason: string,
): Promise<readonly AppliedStep[] | null> => {
  const actor = await lockUnpaused(client, actorId);
  if (actor === null) return null;
  const hosted = context.host.get(actor.kind);
  if (!hosted) {
    throw new SnapshotRefused({
      message: `This version hosts no ${actor.kind}: pause it from one that does.`,
      retryable: false,
    });
  }
  const now = context.clock.now();
  const body = { type: PAUSED, reason };
  await insertPause(client, actor, { body: encodeJson(body), reason, now });
  const event = {
    actorId,
    eventId: pauseId(actor),
    kind: actor.kind,
    cause: 'manager' as const,
    receivedAt: now,
    body,
    parkedReason: null,
    discarded: false,
  };
  const advanced = advance(hosted, actor, [event], now, context.limits);
  if (advanced.applied.length === 0) {
    // It cannot take a step at all; it is held all the same, and its journal cannot say so.
    await dropUnapplied(client, actor);
    return [];
  }
  await recordAdvances(client, [advanced], context.incarnation, now);
  await project(context, client, [advanced]);
  return advanced.steps;
};

/** Takes the pause out of the actor's way. False: it is not paused. */
export const resumeActor = (context: Context, actorId: string): Promise<boolean> =>
  unparkPause(context.db.pool, actorId);
