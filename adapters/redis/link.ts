/**
 * The process's link to Redis: two connections (a subscribed one takes no commands), operations that take at most
 * 50 ms whatever Redis does, one log line per outage, and a status for `/health`. Redis only speeds things up: lost, it
 * costs each caller one miss (design 5).
 */
import { Effect, type Redacted, Schema } from 'effect';
import type { Redis } from 'ioredis';
import { type Connection, connect, reasonOf } from './connection.ts';

/** The part of the process's log that is needed here. */
export interface LinkLog {
  readonly info: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  readonly warn: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void;
}

export interface RedisStatus {
  readonly mode: 'redis' | 'in-process';
  readonly state: 'up' | 'down';
  /** Of this state; ms since the epoch. */
  readonly since: number;
  readonly outages: number;
  /** Operations that were done without Redis, or not at all. */
  readonly skipped: number;
  /** A code such as `ECONNREFUSED`; `null`: never failed. */
  readonly lastError: string | null;
}

/** Redis was not there for an operation. Never leaves this folder. */
export class RedisAway extends Schema.TaggedError<RedisAway>()('RedisAway', { reason: Schema.String }) {}

export interface RedisLink {
  readonly run: <A>(operation: (client: Redis) => Promise<A>) => Effect.Effect<A, RedisAway>;
  /** For subscriptions only. */
  readonly subscriber: Connection;
  readonly operationMs: number;
  /** Called with each heartbeat while Redis answers: the moment to make up for what was skipped. */
  readonly onAlive: (listener: () => void) => void;
  /** The same for the subscriber; `anew`: it is a new connection, which listens to nothing yet. */
  readonly onSubscriberAlive: (listener: (anew: boolean) => void) => void;
  /** Redis answered and refused: told of in the log, seldom. */
  readonly refused: (reason: string) => void;
  readonly status: () => RedisStatus;
  readonly close: () => void;
}

export interface LinkOptions {
  readonly url: Redacted.Redacted;
  readonly log: LinkLog;
  /** Ms since the epoch. */
  readonly now?: () => number;
  /** The most that an operation waits, ms; default {@link OPERATION_MS}. */
  readonly operationMs?: number;
}

/** The most that any operation waits: what Redis saves us is less. */
export const OPERATION_MS = 50;
/** Operations under way; more would only queue in front of a slow server (G10). */
export const MAX_PENDING = 1000;
/** Time-outs in a row that make a connection suspect; fewer are a busy moment of ours or Redis's. */
const TIMEOUTS_TO_SUSPECT = 3;
/** A link that comes and goes is told of once in this time. */
const LOG_PAUSE_MS = 60_000;

export const makeLink = (options: LinkOptions): RedisLink => {
  const operationMs = options.operationMs ?? OPERATION_MS;
  const outage = makeOutage(options.log, options.now ?? Date.now);
  const aliveListeners: (() => void)[] = [];
  const subscriberListeners: ((anew: boolean) => void)[] = [];
  const seen = () => {
    if (commands.isUp() && subscriber.isUp()) outage.end();
  };
  const commands: Connection = connect(options.url, 'treejar', {
    up: () => {
      seen();
      for (const listener of aliveListeners) listener();
    },
    alive: () => {
      seen();
      for (const listener of aliveListeners) listener();
    },
    down: outage.begin,
  });
  const subscriber: Connection = connect(options.url, 'treejar-subscriber', {
    up: () => {
      seen();
      for (const listener of subscriberListeners) listener(true);
    },
    alive: () => {
      seen();
      for (const listener of subscriberListeners) listener(false);
    },
    down: outage.begin,
  });
  return {
    run: makeRun(commands, outage, operationMs),
    subscriber,
    operationMs,
    onAlive: (listener) => void aliveListeners.push(listener),
    onSubscriberAlive: (listener) => void subscriberListeners.push(listener),
    refused: outage.refused,
    status: outage.status,
    close: () => {
      commands.close();
      subscriber.close();
    },
  };
};

const makeRun = (commands: Connection, outage: Outage, operationMs: number): RedisLink['run'] => {
  let pending = 0;
  let timeoutsInARow = 0;
  const away = (reason: string) => {
    outage.skipped(reason);
    return new RedisAway({ reason });
  };
  const failed = (error: unknown) => {
    // Redis answers, and says no: out of memory, read only, no permission.
    if (error instanceof Error && error.name === 'ReplyError') outage.refused(reasonOf(error));
    return away(reasonOf(error));
  };
  const answered = (): void => {
    timeoutsInARow = 0;
  };
  const timedOut = (): RedisAway => {
    timeoutsInARow++;
    if (timeoutsInARow >= TIMEOUTS_TO_SUSPECT) {
      timeoutsInARow = 0;
      commands.suspect();
    }
    return away('timeout');
  };
  return (operation) =>
    Effect.suspend(() => {
      if (!commands.isUp()) return away('down');
      if (pending >= MAX_PENDING) return away('busy');
      pending++;
      return Effect.tryPromise({ try: () => operation(commands.client), catch: failed }).pipe(
        Effect.tap(() => Effect.sync(answered)),
        Effect.timeoutOrElse({
          duration: operationMs,
          orElse: () => Effect.suspend(() => Effect.fail(timedOut())),
        }),
        Effect.ensuring(
          Effect.sync(() => {
            pending--;
          }),
        ),
      );
    });
};

type Outage = ReturnType<typeof makeOutage>;

/** Outages, counted and told of once each. The start counts as one until Redis answers, but is told only if it fails. */
const makeOutage = (log: LinkLog, now: () => number) => {
  let state: RedisStatus['state'] = 'down';
  let since = now();
  let outages = 0;
  let skipped = 0;
  let lastError: string | null = null;
  let told = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  let refusalToldAt = Number.NEGATIVE_INFINITY;

  const begin = (reason: string): void => {
    // What follows the first sign of an outage ("closed", "ECONNREFUSED") adds nothing.
    if (state === 'up' || lastError === null || outages === 0) lastError = reason;
    if (state === 'up' || outages === 0) {
      outages++;
      state = 'down';
      since = now();
    }
    if (told || now() - toldAt < LOG_PAUSE_MS) return;
    told = true;
    toldAt = now();
    log.warn({ reason }, 'Redis is away; this replica goes on without it and tries to reconnect');
  };
  const end = (): void => {
    if (state === 'up') return;
    const awayMs = now() - since;
    state = 'up';
    since = now();
    if (told) log.info({ awayMs }, 'Redis is back');
    told = false;
  };
  return {
    begin,
    end,
    skipped: (reason: string): void => {
      skipped++;
      if (reason !== 'down') lastError = reason;
    },
    refused: (reason: string): void => {
      if (now() - refusalToldAt < LOG_PAUSE_MS) return;
      refusalToldAt = now();
      log.warn({ reason }, 'Redis answers and refuses; look at its memory, its role and the permissions');
    },
    status: (): RedisStatus => ({ mode: 'redis', state, since, outages, skipped, lastError }),
  };
};
