/**
 * The same paths on the real engine and Postgres: what the pure walk says a conversation becomes, the stored one becomes
 * too, step by step. Only the programs are doubled; they end when and how the path says. The clock stands still between
 * moves, so nothing depends on how fast the machine is.
 */
import { Effect } from 'effect';
import { expect } from 'vitest';
import { CONVERSATION_KIND } from '../../machines/conversation/events.ts';
import { CONVERSATION_VERSION, conversationMachine } from '../../machines/conversation/machine.ts';
import { eventually, type TestEngine, testEngine } from '../../runtime/engine/testing/harness.ts';
import type { ActorKind, CommandHandler } from '../../runtime/engine/types.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { nameOf } from './coverage.ts';
import { FAILURE, type Move } from './moves.ts';
import { begin, INPUT, type Place, START } from './place.ts';
import { moveOf } from './replay.ts';

/** Paths on the engine: enough to meet most transitions, few enough to be quick. */
const PATHS_MAX = 40;

let now = START;
const clock = {
  now: () => now,
  advance: (ms: number) => {
    now += ms;
  },
};

interface End {
  readonly output?: unknown;
  readonly failed?: true;
}

/** Commands wait here until the path lets them end. */
const doors = new Map<string, PromiseWithResolvers<End>>();
const doorOf = (commandId: string): PromiseWithResolvers<End> => {
  const door = doors.get(commandId) ?? Promise.withResolvers<End>();
  doors.set(commandId, door);
  return door;
};

const POLICY = { timeoutMs: 600_000, retry: { maxAttempts: 1, baseMs: 1, capMs: 1 }, vendor: 'double' };

const waiting: CommandHandler = {
  ...POLICY,
  run: (_, { commandId }) =>
    Effect.promise(() => doorOf(commandId).promise).pipe(
      Effect.flatMap((end) => (end.failed ? Effect.fail(FAILURE) : Effect.succeed(end.output))),
    ),
};
const done: CommandHandler = { ...POLICY, run: () => Effect.void };

/** Invoked programs wait for the path; every other command of the machine ends at once. */
const handlers = (): ActorKind['commands'] => ({
  ...Object.fromEntries(Object.keys(conversationMachine.implementations.actions).map((name) => [name, done])),
  ...Object.fromEntries(
    Object.keys(conversationMachine.implementations.actors).map((name) => [name, waiting]),
  ),
});

const kind: ActorKind = {
  kind: CONVERSATION_KIND,
  machine: conversationMachine,
  version: CONVERSATION_VERSION,
  // Every path is the same customer: only the actor is another.
  inputFor: () => INPUT,
  commands: handlers(),
  projections: [],
};

interface Stage {
  readonly db: TestDatabase;
  readonly engine: TestEngine;
}

/** Paths that between them take as many transitions as {@link PATHS_MAX} can: the one that adds most comes first. */
const choosePaths = (
  firstPaths: ReadonlyMap<string, readonly string[]>,
): { readonly paths: readonly (readonly string[])[]; readonly transitions: number } => {
  const candidates = [...new Map([...firstPaths.values()].map((path) => [path.join('\n'), path])).values()]
    .filter((path) => !hasTwinTimers(path))
    .map((path) => ({ path, takes: transitionsOn(path) }));
  const covered = new Set<string>();
  const chosen: (readonly string[])[] = [];
  while (chosen.length < PATHS_MAX) {
    const worth = ({ takes }: { takes: readonly string[] }) =>
      takes.filter((name) => !covered.has(name)).length;
    const best = candidates.reduce((a, b) => (worth(b) > worth(a) ? b : a));
    if (worth(best) === 0) break;
    for (const name of best.takes) covered.add(name);
    chosen.push(best.path);
  }
  return { paths: chosen, transitions: covered.size };
};

/** Two timers that are due at one moment fire one by one on the pure machine, and together for real. */
const hasTwinTimers = (path: readonly string[]): boolean => {
  let place = begin();
  return path.some((label) => {
    const move = moveOf(place, label);
    const { timer } = move;
    const twins = timer ? [...place.timers.values()].filter(({ dueAt }) => dueAt <= timer.dueAt) : [];
    place = move.take().after;
    return twins.length > 1;
  });
};

const transitionsOn = (path: readonly string[]): readonly string[] => {
  let place = begin();
  return path.flatMap((label) => {
    const step = moveOf(place, label).take();
    place = step.after;
    return step.taken.map(nameOf);
  });
};

const commandOf = async ({ db }: Stage, actorId: string, childId: string): Promise<string> => {
  const { rows } = await db.pool.query<{ command_id: string }>(
    `select command_id from outbox where actor_id = $1 and child_id = $2 and status in ('pending', 'running')`,
    [actorId, childId],
  );
  expect(rows, `${childId} of ${actorId} is in the outbox once`).toHaveLength(1);
  return rows[0]?.command_id ?? '';
};

/** Makes the move happen for real. */
const perform = async (
  stage: Stage,
  actorId: string,
  move: Move,
  after: Place,
  number: number,
): Promise<void> => {
  now = after.now;
  switch (move.kind) {
    case 'timer':
      return; // The engine's own poll fires it, now that it is due.
    case 'event': {
      const { at: _, ...body } = move.take().event;
      await stage.engine.deliver([
        { actorId, kind: CONVERSATION_KIND, eventId: `e${number}`, cause: 'customer', sentAt: now, body },
      ]);
      return;
    }
    default: {
      const commandId = await commandOf(stage, actorId, move.child?.id ?? '');
      doorOf(commandId).resolve(move.kind === 'done' ? { output: move.output } : { failed: true });
    }
  }
};

const follow = async (stage: Stage, actorId: string, path: readonly string[]): Promise<number> => {
  let place = begin(now);
  for (const [index, label] of path.entries()) {
    const move = moveOf(place, label);
    place = move.take().after;
    await perform(stage, actorId, move, place, index);
    const where = `${path.slice(0, index + 1).join(' / ')}`;
    const stored = await eventually(async () => {
      const actor = await stage.engine.load(actorId);
      const { items } = await stage.engine.deadLetters(1);
      expect(items, where).toEqual([]);
      // Row 1 is the birth, then one row for each move.
      return actor && actor.version >= index + 2 ? actor : null;
    }).catch((error: unknown) => {
      throw new Error(`${where}: the engine did not take it`, { cause: error });
    });
    expect(stored.version, where).toBe(index + 2);
    expect(stored.snapshot.value, where).toEqual(place.snapshot.value);
    expect(stored.snapshot.context, where).toEqual(place.snapshot.context);
    expect(Object.keys(stored.timers).toSorted(), where).toEqual([...place.timers.keys()].toSorted());
  }
  return path.length;
};

/** Takes a sample of the paths on an engine of its own; says how many paths, steps and transitions it was. */
export const takeOnEngine = async (
  firstPaths: ReadonlyMap<string, readonly string[]>,
): Promise<{ readonly paths: number; readonly steps: number; readonly transitions: number }> => {
  const { paths, transitions } = choosePaths(firstPaths);
  const db = await testDatabase();
  // Programs that their path leaves unanswered run to the end of the test: they must not use up anybody's places.
  const limits = { commandsRunning: 2000, commandsPerVendor: 2000 };
  const engine = await testEngine({ databaseUrl: db.url, kinds: [kind], clock, limits });
  try {
    let steps = 0;
    for (const [index, path] of paths.entries())
      steps += await follow({ db, engine }, `wz:c1:9715000${index}`, path);
    expect(await engine.deadLetters(10)).toEqual({ items: [], next: null });
    return { paths: paths.length, steps, transitions };
  } finally {
    await engine.stop(100);
    await db.drop();
  }
};
