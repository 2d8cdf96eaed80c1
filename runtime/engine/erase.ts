/**
 * Forgets an actor: whatever its tables hold of it is gone in one commit, and the same id may begin anew. It is paused
 * first, so that nothing moves meanwhile, and commands that run are waited for, so that nothing is written afterwards
 * about somebody who was forgotten.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from './context.ts';
import type { Client } from './database.ts';
import { EngineBusy } from './errors.ts';
import { CHANNEL, type Notice } from './notifier.ts';
import { pauseActor, waitingForLock } from './pause.ts';
import type { AppliedStep } from './types.ts';

/** Running commands are looked at this often; together 30 s, longer than a usual one takes. */
const LOOKS = 150;
const LOOK_MS = 200;
const COME_BACK_MS = 30_000;

/** The rest of the program's rows about the actor go in the same commit. */
export type AlsoErase = (client: Client) => Promise<void>;

export interface ErasedActor {
  /** False: the engine knew nothing of it. */
  readonly existed: boolean;
  /** Of the pause, for those who listen to commits. */
  readonly steps: readonly AppliedStep[];
}

/**
 * Throws {@link EngineBusy} when a command runs for too long: then the actor stays paused and complete, and erasing it
 * again goes on from there.
 */
export const eraseActor = async (
  context: Context,
  actorId: string,
  also: AlsoErase,
): Promise<ErasedActor> => {
  const steps = await pauseActor(context, actorId, 'It is being erased: ask for it again to finish.');
  await untilQuiet(context, actorId);
  // A commit before the others: a timer that fires just now is in the mailbox before that is emptied.
  await context.db.pool.query('delete from timer where actor_id = $1', [actorId]);
  const existed = await waitingForLock(context, (client) => erase(context, client, actorId, also));
  context.cache.drop(actorId);
  return { existed, steps: steps ?? [] };
};

/** A dead replica's commands are adopted by the others and then held by the pause. */
const untilQuiet = async (context: Context, actorId: string): Promise<void> => {
  for (let look = 0; look < LOOKS; look++) {
    const { rowCount } = await context.db.pool.query(
      `select from outbox where actor_id = $1 and status = 'running' limit 1`,
      [actorId],
    );
    if (rowCount === 0) return;
    await sleep(LOOK_MS);
  }
  throw new EngineBusy({
    message: 'Something of it is still running; erase it again in a minute.',
    retryable: true,
    retryAfterMs: COME_BACK_MS,
  });
};

const TABLES = ['timer', 'outbox', 'journal', 'mailbox', 'actor'] as const;

const erase = async (
  context: Context,
  client: Client,
  actorId: string,
  also: AlsoErase,
): Promise<boolean> => {
  await client.query('select from actor where actor_id = $1 for update', [actorId]);
  await also(client);
  let rows = 0;
  for (const table of TABLES) {
    const { rowCount } = await client.query(`delete from ${table} where actor_id = $1`, [actorId]);
    rows += rowCount ?? 0;
  }
  // Heard with the commit, or the connection breaks and everything kept is dropped: a snapshot that another replica
  // keeps must not be taken for the new life's when that comes to the same version.
  const notice: Notice = { from: context.incarnation, erased: [actorId] };
  await client.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(notice)]);
  return rows > 0;
};
