/** The engine's front door: hosts machines durably on PostgreSQL (docs/engine.md). */
import { createHash, randomInt, randomUUID } from 'node:crypto';
import { atMost, type Context, type Trigger } from './context.ts';
import { openDatabase } from './database.ts';
import { answerDeadLetter, listDeadLetters } from './dead-letters.ts';
import { makeDeliverer } from './deliver.ts';
import { eraseActor } from './erase.ts';
import { makeHost } from './host.ts';
import { DEFAULT_LIMITS, type EngineLimits } from './limits.ts';
import { hearNotice, startListener } from './listener.ts';
import { makeHub } from './live.ts';
import { lookAtTimers, makeTimerMirror } from './long-timers.ts';
import { type Head, type Notice, type Relay, startNotifier } from './notifier.ts';
import { pauseActor, resumeActor } from './pause.ts';
import { Pressure } from './pressure.ts';
import { makeReads } from './reads.ts';
import { makeRecorder } from './recorder.ts';
import { makeSnapshotCache } from './snapshot-cache.ts';
import type { ActorKind, AppliedStep, Clock, EngineApi, Log, LongTimers } from './types.ts';
import { admitVersions } from './version-check.ts';
import { startWorker, type Worker } from './worker.ts';

export interface EngineOptions {
  /** `postgres://…` of a database that holds `sql/0001_engine.sql`. */
  readonly databaseUrl: string;
  readonly kinds: readonly ActorKind[];
  /** Names this replica in the lease table; two lives of one replica are told apart by the engine itself. */
  readonly replicaId: string;
  readonly clock: Clock;
  readonly log: Log;
  /** False: accepts and reads only; others apply events and run commands. */
  readonly worker: boolean;
  readonly limits?: Partial<EngineLimits>;
  /** A faster way to the other replicas' watchers than the database; default: none. */
  readonly relay?: Relay;
  /** Keeps long timers a second time, in the commits that arm them; default: nobody. */
  readonly longTimers?: LongTimers;
  /** Called when a batch begins; what it returns, when it is committed. A batch that failed is not told. */
  readonly observeCommit?: Context['observeCommit'];
  /** For tests: called at named points; what it throws breaks the engine there. */
  readonly trigger?: Trigger;
  /** How an actor's id appears in the log; ids can hold a phone number. Default: an unkeyed hash. */
  readonly logId?: (actorId: string) => string;
  /** A number in [0, 1); default: from the system. Jitters retries. */
  readonly random?: () => number;
}

/** A stop that waits for a database that does not answer ends this long after its grace, ms. */
const STOP_SLACK_MS = 3000;

const RANDOM_STEPS = 2 ** 32;

const systemRandom = (): number => randomInt(RANDOM_STEPS) / RANDOM_STEPS;

const hashed = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 12);

const makeContext = (options: EngineOptions): Context => {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  // Machines are checked before a connection is opened: a fault there is a fault of the build.
  const host = makeHost(options.kinds, limits);
  return {
    db: openDatabase(options.databaseUrl, limits, options.log),
    host,
    cache: makeSnapshotCache(limits),
    limits,
    pressure: new Pressure(limits.stepWaitMs),
    clock: options.clock,
    log: options.log,
    trigger: options.trigger ?? (() => Promise.resolve()),
    observeCommit: options.observeCommit ?? (() => () => undefined),
    mirror: options.longTimers ? makeTimerMirror(options.longTimers, options.clock, options.log) : null,
    incarnation: `${options.replicaId}#${randomUUID()}`,
    random: options.random ?? systemRandom,
    logId: options.logId ?? hashed,
  };
};

/**
 * Starts an engine on a migrated database and begins to recover what an earlier life left behind.
 * Throws `KindRefused` when a machine cannot be hosted, `VersionsRefused` when it would lose actors that live in the
 * database, and the driver's error when the database is away.
 */
export const startEngine = async (options: EngineOptions): Promise<EngineApi> => {
  const context = makeContext(options);
  try {
    await admitVersions(context.db.pool, context.host.all, context.clock.now(), context.logId);
    return await assemble(context, options);
  } catch (error) {
    await context.db.close();
    throw error;
  }
};

const assemble = async (
  context: Context,
  { worker: isWorker, relay }: Pick<EngineOptions, 'worker' | 'relay'>,
): Promise<EngineApi> => {
  const { db, clock } = context;
  const commits = makeHub<readonly AppliedStep[]>(context, 'onCommit');
  const foreign = makeHub<readonly Head[]>(context, 'onForeignCommit');
  const notifier = startNotifier(context, relay);
  const worker: Worker | null = isWorker ? await startWorker(context, notifier, commits.tell) : null;
  // A replica that applies what it accepted needs no detour; otherwise the workers are told.
  const wake = worker ? worker.wake : (actorIds: readonly string[]) => notifier.work(actorIds);
  const deliverer = makeDeliverer(context, worker ? worker.take : makeRecorder(context, wake));
  const hear = (notice: Notice): void => {
    worker?.hear(notice);
    for (const id of notice.erased ?? []) context.cache.drop(id);
    if (notice.heads) foreign.tell(notice.heads.map(([actorId, seq]) => ({ actorId, seq })));
  };
  const listener = startListener(context, hear, () => {
    context.cache.clear();
    worker?.lookAround();
  });
  const unhear = relay?.subscribe((payload) => hearNotice(context, payload, hear)) ?? (() => undefined);
  const answer = async (letterId: string, discard: boolean): Promise<boolean> => {
    const letter = await answerDeadLetter(db.pool, letterId, discard, clock.now());
    if (letter?.what === 'event') wake([letter.actorId]);
    if (letter?.what === 'command' && worker) worker.lookAround();
    else if (letter?.what === 'command') notifier.commands();
    return letter !== null;
  };
  const tell = (steps: readonly AppliedStep[]): void => {
    if (steps.length === 0) return;
    notifier.heads(steps.map(({ row }) => row));
    commits.tell(steps);
  };
  const shutDown = async (graceMs: number): Promise<void> => {
    const parts = async (): Promise<void> => {
      unhear();
      await deliverer.stop();
      await worker?.stop(graceMs);
      await notifier.stop();
      await listener.stop();
      await db.close();
    };
    if (!(await atMost(parts(), graceMs + STOP_SLACK_MS))) {
      context.log.error(
        { graceMs },
        'the engine did not stop in time; what was in flight is recovered by others',
      );
    }
  };
  let stopping: Promise<void> | null = null;
  return {
    deliver: deliverer.deliver,
    ...makeReads(context),
    onCommit: commits.add,
    onForeignCommit: foreign.add,
    deadLetters: (limit, cursor) =>
      listDeadLetters(db.pool, Math.max(1, Math.min(limit, context.limits.readPage)), cursor),
    retry: (id) => answer(id, false),
    discard: (id) => answer(id, true),
    lookAtTimers: (timers) => lookAtTimers(context, timers, wake),
    pause: async (actorId, reason) => {
      const steps = await pauseActor(context, actorId, reason);
      if (steps !== null) tell(steps);
      return steps !== null;
    },
    erase: async (actorId, also) => {
      const { existed, steps } = await eraseActor(context, actorId, also);
      tell(steps);
      return existed;
    },
    resume: async (actorId) => {
      const resumed = await resumeActor(context, actorId);
      if (resumed) {
        wake([actorId]);
        if (worker) worker.lookAround();
        else notifier.commands();
      }
      return resumed;
    },
    stop: (graceMs) => {
      stopping ??= shutDown(graceMs);
      return stopping;
    },
  };
};
