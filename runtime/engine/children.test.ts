/** G10: an actor that spawns a child for every message does not carry the ended ones for life. */
import { Effect } from 'effect';
import { afterEach, expect, it } from 'vitest';
import { fromPromise, setup, spawnChild } from 'xstate';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { eventually, type TestEngine, testEngine } from './testing/harness.ts';
import type { ActorKind } from './types.ts';

const numberOf = (event: object): number => ('n' in event ? Number(event.n) : -1);

const machine = setup({
  types: {
    context: {} as { sent: number },
    events: {} as
      | { type: 'SEND'; n: number }
      | { type: 'xstate.done.actor.send.0' }
      | { type: 'xstate.error.actor.send.0' },
  },
  actors: { send: fromPromise<number, number>(async () => 0) },
}).createMachine({
  id: 'sender',
  context: { sent: 0 },
  initial: 'ready',
  states: {
    ready: {
      on: {
        SEND: {
          actions: spawnChild('send', {
            id: ({ event }) => `send.${numberOf(event)}`,
            input: ({ event }) => numberOf(event),
          }),
        },
        'xstate.done.actor.send.*': {},
        'xstate.error.actor.send.*': {},
      },
    },
  },
});

const kind: ActorKind = {
  kind: 'sender',
  machine,
  version: '1',
  inputFor: () => ({}),
  commands: {
    send: {
      run: (n: number) =>
        n % 2 === 0 ? Effect.succeed(n) : Effect.fail({ _tag: 'No', message: 'no', retryable: false }),
      timeoutMs: 1000,
      retry: { maxAttempts: 1, baseMs: 1, capMs: 1 },
      vendor: 'test',
    },
  },
  projections: [],
};

let db: TestDatabase;
let engine: TestEngine | null = null;
afterEach(async () => {
  await engine?.stop(100);
  await db.drop();
});

it('forgets a spawned child with its result, well or not', async () => {
  db = await testDatabase();
  engine = await testEngine({ databaseUrl: db.url, kinds: [kind] });
  const running = engine;
  for (let n = 0; n < 6; n += 1) {
    await running.deliver([
      {
        actorId: 'a',
        kind: 'sender',
        eventId: `e${n}`,
        cause: 'system',
        sentAt: n,
        body: { type: 'SEND', n },
      },
    ]);
  }
  await eventually(async () => {
    const rows = await running.journal('a', 0, 100);
    return rows.filter(({ cause }) => cause === 'result').length === 6;
  });
  expect(Object.keys((await running.load('a'))?.snapshot.children ?? {})).toEqual([]);
});
