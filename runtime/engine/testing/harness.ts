/** Starts engines for tests and waits for facts. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type EngineOptions, startEngine } from '../engine.ts';
import type { EngineApi, Log } from '../types.ts';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A log that can be read back. */
export const memoryLog = (): { readonly log: Log; readonly lines: readonly LogLine[] } => {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine['level']): Log['info'] =>
    (fields, message) =>
      void lines.push({ level, fields, message });
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines };
};

/** The system's time, plus what a test moved it by. */
export const testClock = (): { readonly now: () => number; readonly advance: (ms: number) => void } => {
  let offset = 0;
  return {
    now: () => performance.timeOrigin + performance.now() + offset,
    advance: (ms) => {
      offset += ms;
    },
  };
};

/** Every event is recorded first and applied by a second commit, as on a conflict. */
export const THROUGH_MAILBOX = { mergeBatchEvents: 0 };

/** The two ways of an event into its actor: the guarantees hold for both. */
export const WAYS = [
  ['merged', {}],
  ['through the mailbox', THROUGH_MAILBOX],
  ['with no snapshot kept', { cacheActors: 0 }],
] as const;

export interface TestEngine extends EngineApi {
  readonly lines: readonly LogLine[];
  readonly clock: ReturnType<typeof testClock>;
}

/** An engine whose polls are quick, so that recovery need not be waited for. */
export const testEngine = async (
  options: Pick<EngineOptions, 'databaseUrl' | 'kinds'> &
    Partial<EngineOptions> & { clock?: ReturnType<typeof testClock> },
): Promise<TestEngine> => {
  const { log, lines } = memoryLog();
  const clock = options.clock ?? testClock();
  const whole = { now: () => Math.floor(clock.now()) };
  const engine = await startEngine({
    replicaId: 'test',
    worker: true,
    log,
    ...options,
    clock: whole,
    limits: { pollMs: 50, pollGraceMs: 20, lockedRetryMs: 2, ...options.limits },
  });
  return { ...engine, lines, clock };
};

/** Longest wait for a fact, ms: far beyond what it takes, so that a slow machine is not a failure. */
const PATIENCE_MS = 45_000;

/** Waits until the look finds something other than null, undefined or false. */
export const eventually = async <T>(look: () => Promise<T | null | undefined | false>): Promise<T> => {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > until) throw new Error(`Waited ${PATIENCE_MS} ms for: ${look}`);
    await sleep(5);
  }
};
