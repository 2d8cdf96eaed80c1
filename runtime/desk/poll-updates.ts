/**
 * Asks Telegram for what managers did, one replica at a time: Telegram allows one reader (409 otherwise). The place in
 * the stream moves after the updates were handled, so that a crash repeats and never loses them.
 */
import { Cause, Effect, Exit } from 'effect';
import type pg from 'pg';
import type { Telegram, TelegramUpdate } from '../../adapters/telegram/telegram.ts';
import type { Log } from '../engine/types.ts';

export interface PollOptions {
  readonly pool: pg.Pool;
  readonly telegram: Telegram['Service'];
  readonly take: (update: TelegramUpdate) => Effect.Effect<void, { readonly _tag: string }>;
  readonly log: Log;
  /** Held by Telegram while nothing happens, seconds. */
  readonly waitSeconds?: number;
  /** Before the next look when another replica reads, or after a failure, ms. */
  readonly restMs?: number;
}

export interface Poller {
  readonly stop: () => Promise<void>;
}

const WAIT_SECONDS = 25;
const REST_MS = 5000;
/** `treejar telegram updates` as a number that nothing else locks. */
const LOCK_KEY = 7_734_001;
/** An update that fails this often is left behind with a log line, so that it does not hold up the others (G8). */
const TRIES = 3;

const LOCK_SQL = 'select pg_try_advisory_lock($1) as mine';
const UNLOCK_SQL = 'select pg_advisory_unlock($1)';
const READ_SQL = 'select next_offset from telegram_cursor';
const MOVE_SQL = `insert into telegram_cursor (next_offset) values ($1)
  on conflict (singleton) do update set next_offset = excluded.next_offset`;

/** Starts reading; `stop` ends the wait at once and lets a page that is being handled end. */
export const pollUpdates = (options: PollOptions): Poller => {
  const stopping = new AbortController();
  const done = loop(options, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
};

const loop = async (options: PollOptions, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    try {
      await readWhileMine(options, signal);
    } catch (error) {
      options.log.warn(
        { error: error instanceof Error ? error.name : typeof error },
        'the managers’ updates could not be read; they are asked for again',
      );
    }
    await rest(options.restMs ?? REST_MS, signal);
  }
};

/** Reads as long as this replica holds the lock: its connection is the lock's life. */
const readWhileMine = async (options: PollOptions, signal: AbortSignal): Promise<void> => {
  const connection = await options.pool.connect();
  let lost = false;
  // Every one of them: a connection that is cut off speaks twice, and an unheard error ends the process.
  const onError = (): void => {
    lost = true;
  };
  connection.on('error', onError);
  try {
    const { rows } = await connection.query<{ mine: boolean }>(LOCK_SQL, [LOCK_KEY]);
    if (!rows[0]?.mine) return;
    try {
      while (!signal.aborted && !lost && (await readPage(options, connection, signal)));
    } finally {
      if (!lost) await connection.query(UNLOCK_SQL, [LOCK_KEY]);
    }
  } finally {
    connection.release(lost);
    if (!lost) connection.off('error', onError);
  }
};

/** False: rest before the next page. */
const readPage = async (
  { telegram, take, log, waitSeconds = WAIT_SECONDS }: PollOptions,
  connection: pg.PoolClient,
  signal: AbortSignal,
): Promise<boolean> => {
  const { rows } = await connection.query<{ next_offset: string }>(READ_SQL);
  const offset = rows[0] ? Number(rows[0].next_offset) : null;
  const page = await Effect.runPromiseExit(telegram.getUpdates(offset, waitSeconds), { signal });
  if (Exit.isFailure(page)) {
    if (!signal.aborted) log.warn({ reason: tagOf(page.cause) }, 'Telegram did not give the updates');
    return false;
  }
  for (const update of page.value.updates) await takeWithTries(take, update, log);
  if (page.value.nextOffset !== null) await connection.query(MOVE_SQL, [page.value.nextOffset]);
  return true;
};

const takeWithTries = async (take: PollOptions['take'], update: TelegramUpdate, log: Log): Promise<void> => {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const exit = await Effect.runPromiseExit(take(update));
    if (Exit.isSuccess(exit)) return;
    const fields = { kind: update.kind, updateId: update.updateId, attempt, reason: tagOf(exit.cause) };
    if (attempt === TRIES) log.error(fields, 'a manager’s update was left behind');
    else log.warn(fields, 'a manager’s update is tried again');
  }
};

const tagOf = (cause: Cause.Cause<{ readonly _tag: string }>): string => {
  const failed = cause.reasons.find(Cause.isFailReason);
  if (failed) return failed.error._tag;
  const squashed = Cause.squash(cause);
  return squashed instanceof Error ? squashed.name : 'unknown';
};

const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resume) => {
    if (signal.aborted) return resume();
    const timer = setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resume();
    }
    signal.addEventListener('abort', end);
  });
