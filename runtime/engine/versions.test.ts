/**
 * G9: an old snapshot is migrated by a typed migration, or the start is refused with a list. Each `describe` of the first
 * part is a silent failure of XState 5.33.3 (anchors/engines.md 0.1): the test restores with plain XState first, to show
 * the silence, and then starts the engine.
 */
import { Effect, Schema } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AnyStateMachine, createActor } from 'xstate';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { migration } from './migrations.ts';
import { handler } from './testing/counter.ts';
import { eventually, type TestEngine, testEngine } from './testing/harness.ts';
import { type Shape, TASK_CONTEXT, taskEvent, taskKind, taskMachine } from './testing/versions.ts';
import type { ActorKind } from './types.ts';

let db: TestDatabase;
const engines: TestEngine[] = [];

beforeEach(async () => {
  db = await testDatabase();
});

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop(500)));
  await db.drop();
});

const start = async (kind: ActorKind): Promise<TestEngine> => {
  const engine = await testEngine({ databaseUrl: db.url, kinds: [kind], logId: (id) => `#${id}` });
  engines.push(engine);
  return engine;
};

const value = async (engine: TestEngine, id: string) => (await engine.load(id))?.snapshot.value;

/** Version 1 lives: `a` works, `b` is paused with a history of the second part, `c` is new. It stops again. */
const liveOnce = async (kind: ActorKind = taskKind('1')): Promise<void> => {
  const engine = await start(kind);
  await engine.deliver([taskEvent('a', 'START'), taskEvent('c', 'HELLO')]);
  await engine.deliver(['PARTS', 'NEXT', 'PAUSE'].map((type) => taskEvent('b', type)));
  await eventually(async () => (await value(engine, 'b')) === 'paused' && (await engine.load('a')) !== null);
  await eventually(async () => (await engine.stats()).mailboxDepth === 0);
  await engine.stop(500);
};

const storedSnapshot = async (id: string) => {
  const { rows } = await db.pool.query('select snapshot from actor where actor_id = $1', [id]);
  return JSON.parse(rows[0].snapshot).snapshot;
};

/** What XState alone makes of it: restored and started, nothing thrown. */
const quietly = async (machine: AnyStateMachine, id: string) => {
  const actor = createActor(machine, { snapshot: await storedSnapshot(id) });
  actor.start();
  const snapshot = actor.getSnapshot();
  actor.stop();
  return snapshot;
};

const refusal = (kind: ActorKind): Promise<string> =>
  start(kind).then(
    () => 'it started',
    (error: { _tag: string; message: string }) => `${error._tag}: ${error.message}`,
  );

describe('the start is refused, with the list, when XState would sleep in silence', () => {
  // To see them fail: make `misfitsOf` (snapshot-fit.ts) return nothing; for the two that gained, `missingOf`.
  const cases: readonly [string, Shape, 'a' | 'b' | 'c', RegExp][] = [
    [
      'a renamed actor source',
      { src: 'job2' },
      'a',
      /child job runs job, which the machine does not have \(1 actor, e\.g\. #a\)/,
    ],
    ['a renamed invoke', { childId: 'work' }, 'a', /nobody would hear of the end of child job \(job\)/],
    [
      'a renamed delay',
      { delay: 'endurance' },
      'a',
      /timer xstate\.after\.patience\.task\.working would fire and nobody/,
    ],
    [
      'a renamed machine',
      { id: 'chore' },
      'a',
      /timer xstate\.after\.patience\.task\.working would fire and nobody/,
    ],
    ['a state that was split', { steps: true }, 'a', /state working has states of its own now/],
    [
      'a history that leads nowhere',
      { second: 'zwei' },
      'b',
      /history task\.parts\.back leads to task\.parts\.two/,
    ],
    [
      'a state that gained a timer and a job',
      { gains: true },
      'c',
      /state new waits for job \(job\), which was never started/,
    ],
  ];
  for (const [name, shape, id, says] of cases) {
    it(name, async () => {
      await liveOnce();
      const silent = await quietly(taskMachine(shape), id);
      expect(silent.status).toBe('active');
      const message = await refusal(taskKind('2', shape));
      expect(message).toMatch(/^VersionsRefused: /);
      expect(message).toMatch(says);
      expect(message).toContain('task 1: ');
    });
  }

  it('a state that is gone (there XState says so, but only when the actor is touched)', async () => {
    await liveOnce();
    expect(await refusal(taskKind('2', { working: 'busy' }))).toMatch(
      /state working is gone \(1 actor, e\.g\. #a\)/,
    );
  });

  it('a context that lacks what the new version relies on', async () => {
    await liveOnce(taskKind('1', { context: {} }));
    expect((await quietly(taskMachine(), 'a')).context).toEqual({});
    const message = await refusal(taskKind('2', {}, { contextSchema: TASK_CONTEXT }));
    expect(message).toMatch(
      /the context does not fit the schema at \["tries"\] \(among 3 samples\) \(3 actors/,
    );
  });

  it('a command that waits and has no handler any more', async () => {
    await liveOnce();
    const kind = taskKind('2', {}, { commands: { job: handler(() => Effect.never) } });
    await db.pool.query(`update outbox set name = 'gone'`);
    expect(await refusal(kind)).toMatch(/the command gone waits and has no handler/);
  });

  it('also when somebody forgot to raise the version', async () => {
    await liveOnce();
    expect(await refusal(taskKind('1', { working: 'busy' }))).toMatch(/task 1: state working is gone/);
  });

  it('and nothing is refused when nobody lives in what changed, or nothing was taken away', async () => {
    const engine = await start(taskKind('1'));
    await engine.deliver([taskEvent('c', 'HELLO')]);
    await eventually(async () => (await value(engine, 'c')) === 'new');
    await engine.stop(500);
    await start(taskKind('2', { working: 'busy', src: 'job2' }));
  });

  it('without reading the actors, when the earlier definition is a part of the new one', async () => {
    await liveOnce();
    await db.pool.query(`update actor set snapshot = 'unreadable' where actor_id <> 'c'`);
    await start(taskKind('2'));
  });
});

const toBusy = migration<{ tries: number }, { tries: number; since: string }>({
  from: '1',
  to: '2',
  migrate: (old) => ({
    ...old,
    value: old.value === 'working' ? 'busy' : old.value,
    context: { ...old.context, since: 'version 1' },
    timers: Object.fromEntries(
      Object.entries(old.timers).map(([id, at]) => [id.replace('.working', '.busy'), at]),
    ),
  }),
});
const busy: Shape = { working: 'busy', context: { tries: 0, since: '' } };
const BUSY_CONTEXT = Schema.Struct({ tries: Schema.Number, since: Schema.String });

describe('a migration', () => {
  it('is applied with the next event, as a journal row of its own with what it changed', async () => {
    await liveOnce();
    const due = (await db.pool.query('select due_at from timer')).rows[0].due_at;
    const engine = await start(taskKind('2', busy, { migrations: [toBusy], contextSchema: BUSY_CONTEXT }));
    await engine.deliver([taskEvent('a', 'HELLO', 'h')]);
    const rows = await eventually(async () => {
      const found = await engine.journal('a', 2, 10);
      return found.length === 2 && found;
    });
    expect(rows[0]).toMatchObject({
      seq: 3,
      cause: 'system',
      event: { type: 'engine.migrated', from: '1', to: '2' },
      from: ['working'],
      to: ['busy'],
      machineVersion: '2',
      ignored: null,
      contextDiff: [
        { op: 'replace', path: '/value', value: 'busy', old: 'working' },
        { op: 'add', path: '/context/since', value: 'version 1' },
      ],
      timers: [
        { id: 'xstate.after.patience.task.working', op: 'cancelled' },
        { id: 'xstate.after.patience.task.busy', op: 'armed', at: due },
      ],
      commands: [],
    });
    expect(rows[1]).toMatchObject({ seq: 4, event: { type: 'HELLO' } });
    expect(await engine.snapshotAt('a', 3)).toEqual({
      value: 'busy',
      context: { tries: 0, since: 'version 1' },
    });
    const timers = await db.pool.query('select timer_id, due_at from timer');
    expect(timers.rows).toEqual([{ timer_id: 'xstate.after.patience.task.busy', due_at: due }]);
    engine.clock.advance(61_000);
    await eventually(async () => (await value(engine, 'a')) === 'late');
  });

  it('keeps the running command of a child it keeps, and the old timer that fires first wakes it', async () => {
    await liveOnce();
    const engine = await start(taskKind('2', busy, { migrations: [toBusy] }));
    engine.clock.advance(61_000);
    await eventually(
      async () => (await engine.stats()).mailboxDepth === 0 && (await engine.journal('a', 2, 9)).length > 1,
    );
    // The firing names the old timer; the new one is overdue and fires right after.
    await eventually(async () => (await value(engine, 'a')) === 'late');
    const { rows } = await db.pool.query(`select status from outbox where actor_id = 'a'`);
    expect(rows).toEqual([{ status: 'cancelled' }]);
  });

  it('cancels and starts the commands of children that it takes out and puts in', async () => {
    await liveOnce();
    const renamed = migration({
      from: '1',
      to: '2',
      migrate: (old) => ({
        ...old,
        children: Object.fromEntries(Object.keys(old.children).map((id) => [id, { src: 'job2' }])),
      }),
    });
    const engine = await start(
      taskKind(
        '2',
        { src: 'job2' },
        {
          migrations: [renamed],
          commands: { job2: handler(() => Effect.succeed('done')) },
        },
      ),
    );
    await engine.deliver([taskEvent('a', 'HELLO', 'h')]);
    await eventually(async () => (await value(engine, 'a')) === 'done');
    const rows = await engine.journal('a', 2, 10);
    expect(rows[0]?.commands).toEqual([
      { id: 'a:2:job', name: 'job', op: 'stop' },
      { id: 'a:3:job2', name: 'job2', op: 'invoke' },
    ]);
    // Whoever claimed the old command before the migration has found no handler: its failure is of no interest.
    for (const row of rows.filter(({ event }) => event.commandId === 'a:2:job')) {
      expect(row.ignored).toMatch(/stale result/);
    }
  });

  it('is chained over versions, and a load shows what it will be', async () => {
    await liveOnce();
    const more = migration<{ tries: number; since: string }, object>({
      from: '2',
      to: '3',
      migrate: (old) => ({ ...old, context: { ...old.context, chained: true } }),
    });
    const engine = await start(taskKind('3', busy, { migrations: [more, toBusy] }));
    expect(await engine.load('a')).toMatchObject({
      version: 2,
      machineVersion: '1',
      snapshot: { value: 'busy' },
    });
    await engine.deliver([taskEvent('a', 'HELLO', 'h')]);
    await eventually(async () => (await engine.load('a'))?.version === 4);
    expect((await engine.load('a'))?.snapshot.context).toEqual({
      tries: 0,
      since: 'version 1',
      chained: true,
    });
    expect((await engine.load('a'))?.machineVersion).toBe('3');
  });

  it('that forgets a timer, a state or the schema is refused before anything starts', async () => {
    await liveOnce();
    const forgetful = migration<object, object>({
      from: '1',
      to: '2',
      migrate: (old) => ({ ...old, value: old.value === 'working' ? 'busy' : old.value }),
    });
    expect(await refusal(taskKind('2', busy, { migrations: [forgetful] }))).toMatch(
      /timer xstate\.after\.patience\.task\.working would fire and nobody would hear it/,
    );
    const lossy = migration<object, object>({
      from: '1',
      to: '2',
      migrate: (old) => ({
        ...old,
        value: old.value === 'working' ? 'busy' : old.value,
        timers: {},
        context: {},
      }),
    });
    const message = await refusal(taskKind('2', busy, { migrations: [lossy], contextSchema: BUSY_CONTEXT }));
    expect(message).toMatch(
      /state busy waits for xstate\.after\.patience\.task\.busy, whose timer was never armed/,
    );
    expect(message).toMatch(/the context does not fit the schema/);
    const throwing = migration<object, object>({
      from: '1',
      to: '2',
      migrate: () => {
        throw new Error('I cannot');
      },
    });
    expect(await refusal(taskKind('2', busy, { migrations: [throwing] }))).toMatch(
      /the migration from 1 to 2 failed: I cannot\. \(3 actors/,
    );
  });

  it('that leads nowhere, or one of two, is a fault of the kind', async () => {
    const stray = migration({ from: '1', to: '5', migrate: (old) => old });
    await expect(start(taskKind('2', {}, { migrations: [stray] }))).rejects.toThrow(/does not lead to 2/);
    const twice = [toBusy, toBusy];
    await expect(start(taskKind('2', busy, { migrations: twice }))).rejects.toThrow(
      /two migrations lead away from 1/,
    );
  });
});
