/** What the tests share: replicas of the shared state, with their logs. */
import { randomBytes } from 'node:crypto';
import { Context, Effect, Exit, Layer, Redacted, Scope } from 'effect';
import { Cache, Fanout, Limiter, SharedStateStatus, sharedStateLayer } from '../shared-state.ts';

export interface Replica {
  readonly cache: Cache['Service'];
  readonly limiter: Limiter['Service'];
  readonly fanout: Fanout['Service'];
  readonly status: SharedStateStatus['Service']['read'];
  /** Messages of the log, with their reason. */
  readonly logged: readonly string[];
  readonly close: () => Promise<void>;
}

export const newPrefix = (): string => `test-${randomBytes(6).toString('hex')}:`;

/** On a loaded machine 50 ms are nothing; only tests of outages count them. */
const PATIENT_MS = 5000;

/** Replicas of one shop have one prefix. */
export const startReplica = async (
  url: string,
  prefix = newPrefix(),
  operationMs = PATIENT_MS,
): Promise<Replica> => {
  const logged: string[] = [];
  const write = (fields: Readonly<Record<string, unknown>>, message: string) =>
    void logged.push(`${message} ${JSON.stringify(fields)}`);
  const scope = Effect.runSync(Scope.make());
  const layer = sharedStateLayer({
    url: Redacted.make(url),
    log: { info: write, warn: write, error: write },
    prefix,
    operationMs,
  });
  const built = await Effect.runPromise(Layer.buildWithScope(layer, scope));
  return {
    cache: Context.get(built, Cache),
    limiter: Context.get(built, Limiter),
    fanout: Context.get(built, Fanout),
    status: Context.get(built, SharedStateStatus).read,
    logged,
    close: () => Effect.runPromise(Scope.close(scope, Exit.void)),
  };
};

export const run = Effect.runPromise;

/** Waits until it is so; fails after `ms`. */
export const until = async (isSo: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> => {
  const end = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`not so within ${ms} ms: ${String(isSo)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

export const up = (replica: Replica) => until(() => replica.status().state === 'up');
export const down = (replica: Replica) => until(() => replica.status().state === 'down');

export interface Heard {
  readonly messages: string[];
  gaps: number;
}

/** Listens to a channel and keeps what comes. */
export const listenTo = async (replica: Replica, channel: string) => {
  const heard: Heard = { messages: [], gaps: 0 };
  const end = await run(
    replica.fanout.subscribe(channel, {
      message: (message) => void heard.messages.push(message),
      gap: () => void heard.gaps++,
    }),
  );
  return { heard, end };
};
