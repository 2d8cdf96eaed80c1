/**
 * G1: what was acknowledged is never lost. G2: applied exactly once, in the order it became durable.
 * G3: one writer per actor across replicas, fenced in the database.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { openDatabase } from './database.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { recordAdvances, VersionConflict } from './store/record-advances.ts';
import { add, counterKind } from './testing/counter.ts';
import { makeGate } from './testing/gate.ts';
import {
  eventually,
  memoryLog,
  type TestEngine,
  THROUGH_MAILBOX,
  testEngine,
  WAYS,
} from './testing/harness.ts';
import { spawnReplica } from './testing/spawn-replica.ts';

let db: TestDatabase;
const engines: TestEngine[] = [];

beforeEach(async () => {
  db = await testDatabase();
});

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop(500)));
  await db.drop();
});

const start = async (over: Partial<Parameters<typeof testEngine>[0]> = {}): Promise<TestEngine> => {
  const engine = await testEngine({ databaseUrl: db.url, kinds: [counterKind()], ...over });
  engines.push(engine);
  return engine;
};

const seen = async (engine: TestEngine, actorId: string): Promise<readonly number[]> =>
  (await engine.load(actorId))?.snapshot.context.seen ?? [];

const drained = (engine: TestEngine) => eventually(async () => (await engine.stats()).mailboxDepth === 0);

/** Every journal has the rows 1, 2, 3 … and no event twice. */
const expectSoundJournals = async (): Promise<void> => {
  const { rows } = await db.pool.query(`select actor_id, count(*)::int as rows, max(seq)::int as last,
    count(distinct event_id)::int as events from journal group by actor_id`);
  for (const row of rows) expect(row).toMatchObject({ rows: row.last, events: row.last });
};

describe('G1: what was acknowledged is never lost', () => {
  // To see it fail: resolve deliver() before its insert (deliver.ts, `insert`), or let the poll skip old events.
  it('survives kill -9 in the middle of a flood, at every stage, each event applied once and in order', async () => {
    const deaths = [
      ['deliver.before-commit', '9'],
      ['deliver.after-commit', '9'],
      ['apply.after-write', '5'],
      ['apply.after-commit', '5'],
      ['merge.after-load', '7'],
      ['merge.before-commit', '7'],
      ['merge.after-commit', '7'],
      [],
    ];
    // All at once, each with actors of its own: what costs time is to start a process.
    const replicas = deaths.map((death, n) => spawnReplica(db.url, 'flood', `1-6-r${n}.`, ...death));
    await Promise.all(
      replicas.map(async (replica, n) => {
        if (deaths[n]?.length) await replica.exited;
        else await replica.line((line) => line.startsWith('acked')).then(() => replica.kill());
      }),
    );
    const engine = await start();
    await drained(engine);
    for (const replica of replicas) {
      const acked = replica.lines.flatMap((line) => {
        const [, actor = '', n] = /^acked (\S+) (\d+)$/.exec(line) ?? [];
        return n === undefined ? [] : [{ actor, n: Number(n) }];
      });
      expect(acked.length).toBeGreaterThan(0);
      for (const [actor, numbers] of Map.groupBy(acked, (ack) => ack.actor)) {
        const applied = await seen(engine, actor);
        expect(applied).toEqual([...applied].sort((a, b) => a - b));
        expect(new Set(applied).size).toBe(applied.length);
        expect(numbers.filter(({ n }) => !applied.includes(n))).toEqual([]);
      }
    }
    await expectSoundJournals();
  }, 180_000);

  it('says busy, and stores nothing, when the database is away or the queue is full', async () => {
    const gate = makeGate();
    const engine = await start({
      trigger: gate.trigger,
      limits: { deliverBacklogEvents: 3, ...THROUGH_MAILBOX },
    });
    gate.failOnce('deliver.before-commit', Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
    await expect(engine.deliver([add('b', 1)])).rejects.toMatchObject({
      _tag: 'EngineBusy',
      retryable: true,
    });
    gate.shut('deliver.before-commit');
    const first = engine.deliver([add('b', 2)]);
    await gate.reached('deliver.before-commit');
    const waiting = engine.deliver([add('b', 3), add('b', 4)]);
    await expect(engine.deliver([add('b', 5), add('b', 6)])).rejects.toMatchObject({ _tag: 'EngineBusy' });
    gate.open('deliver.before-commit');
    await Promise.all([first, waiting]);
    await drained(engine);
    expect(await seen(engine, 'b')).toEqual([2, 3, 4]);
  });

  it('refuses events it could never apply, with nothing of the call stored', async () => {
    const engine = await start();
    const bad = [
      add('c', 1, { kind: 'unknown' }),
      add('c', 1, { eventId: '' }),
      add('c\u0001', 1),
      add('c', 1, { body: { type: 'xstate.done.actor.x' } }),
      add('c', 1, { body: { type: '*' } }),
      add('c', 1, { sentAt: Number.NaN }),
      add('c', 1, { body: { type: 'ADD', n: 'x'.repeat(DEFAULT_LIMITS.eventBodyChars) } }),
    ];
    for (const event of bad) {
      await expect(engine.deliver([add('c', 9), event])).rejects.toMatchObject({
        _tag: 'InvalidEvent',
        retryable: false,
      });
    }
    expect((await db.pool.query('select 1 from mailbox')).rowCount).toBe(0);
  });

  it('takes text that PostgreSQL would refuse: NUL and broken emoji', async () => {
    const engine = await start();
    await engine.deliver([add('d', 1, { body: { type: 'ADD', n: 1, text: `\u0000${'😀'.slice(0, 1)}` } })]);
    await drained(engine);
    expect((await engine.journal('d', 1, 1))[0]?.event.text).toBe('\ufffd\ufffd');
  });
});

describe.each(WAYS)('G2: exactly once, in order, %s', (_way, limits) => {
  // To see it fail: drop `on conflict do nothing`'s key (let event_id be random), remove the sort in deliver.ts, or `twins` in intake.ts.
  it('a second delivery has no effect: in the same call, in a concurrent one, or later', async () => {
    const engine = await start({ limits });
    const answers = await Promise.all([
      engine.deliver([add('a', 1), add('a', 2), add('a', 1)]),
      engine.deliver([add('a', 2), add('a', 3)]),
    ]);
    expect(answers).toEqual([
      ['accepted', 'accepted', 'duplicate'],
      ['duplicate', 'accepted'],
    ]);
    await drained(engine);
    expect(await engine.deliver([add('a', 3), add('a', 1)])).toEqual(['duplicate', 'duplicate']);
    await drained(engine);
    expect(await seen(engine, 'a')).toEqual([1, 2, 3]);
  });

  it('events of one call are applied in provider time, then as given; of several calls as they came', async () => {
    const engine = await start({ limits });
    await Promise.all([
      engine.deliver([add('x', 5), add('y', 2), add('x', 3), add('x', 4, { sentAt: 3 })]),
      engine.deliver([add('x', 1), add('y', 1)]),
    ]);
    await drained(engine);
    expect(await seen(engine, 'x')).toEqual([3, 4, 5, 1]);
    expect(await seen(engine, 'y')).toEqual([2, 1]);
  });

  it('one actor with more events than a commit takes keeps its order', async () => {
    const engine = await start({ limits: { ...limits, eventsPerActor: 7 } });
    const numbers = Array.from({ length: 100 }, (_, i) => i + 1);
    await engine.deliver(numbers.map((n) => add('long', n)));
    await drained(engine);
    expect(await seen(engine, 'long')).toEqual(numbers);
  });
});

describe('G3: one writer per actor', () => {
  // Three walls: the row lock, the version check, the journal's key. To see it fail: take the version check from
  // record-advances.ts (the third test).
  it('two replicas flooded for the same actors apply each event once, without holes', async () => {
    const [one, two] = [await start({ replicaId: 'one' }), await start({ replicaId: 'two' })];
    const sent: Promise<unknown>[] = [];
    for (let n = 1; n <= 60; n++) {
      for (let actor = 0; actor < 10; actor++) {
        sent.push((n % 2 === 0 ? one : two).deliver([add(`a${actor}`, n)]));
        if (n % 5 === 0) sent.push((n % 2 === 0 ? two : one).deliver([add(`a${actor}`, n)]));
      }
    }
    await Promise.all(sent);
    await drained(one);
    for (let actor = 0; actor < 10; actor++) {
      const numbers = [...(await seen(one, `a${actor}`))].sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    }
    await expectSoundJournals();
  });

  it('two processes as well, one of them killed while it holds actors', async () => {
    const other = spawnReplica(db.url, 'flood', '10001-5-a');
    await other.line((line) => line.startsWith('acked'));
    const engine = await start();
    const mine = Array.from({ length: 50 }, (_, n) => engine.deliver([add('a0', n + 1), add('a1', n + 1)]));
    await Promise.all(mine);
    await other.kill();
    await drained(engine);
    const acked = other.lines
      .filter((line) => line.startsWith('acked a0'))
      .map((line) => Number(line.split(' ')[2]));
    const applied = await seen(engine, 'a0');
    expect(
      [...acked, ...Array.from({ length: 50 }, (_, n) => n + 1)].filter((n) => !applied.includes(n)),
    ).toEqual([]);
    expect(new Set(applied).size).toBe(applied.length);
    await expectSoundJournals();
  });

  it('a write that was prepared on an older version changes nothing', async () => {
    const engine = await start();
    await engine.deliver([add('a', 1)]);
    await drained(engine);
    const own = openDatabase(db.url, DEFAULT_LIMITS, memoryLog().log);
    const stale = {
      actorId: 'a',
      kind: 'counter',
      machineVersion: '1',
      fromVersion: 1,
      version: 2,
      snapshot: '{}',
      state: null,
      steps: [],
      applied: [],
      commands: [],
      cancelled: [],
      armed: [],
      timersBefore: {},
      disarmed: [],
      parked: null,
    };
    const write = own.transaction((client) => recordAdvances(client, [stale], 'test', 0));
    await expect(write).rejects.toBeInstanceOf(VersionConflict);
    await own.close();
    expect(await seen(engine, 'a')).toEqual([1]);
  });

  it('a conflict is tried again and blames nobody', async () => {
    const gate = makeGate();
    const engine = await start({ trigger: gate.trigger });
    gate.failOnce('apply.after-write', new VersionConflict('injected'));
    await engine.deliver([add('a', 1)]);
    await drained(engine);
    expect(await seen(engine, 'a')).toEqual([1]);
    expect((await engine.stats()).parked).toBe(0);
  });
});

describe('a replica that only accepts', () => {
  it('wakes the workers by notification and hears of their commits', async () => {
    const worker = await start({ replicaId: 'worker', limits: { pollMs: 60_000 } });
    const front = await start({ replicaId: 'front', worker: false });
    const heads: { actorId: string; seq: number }[] = [];
    front.onForeignCommit((batch) => void heads.push(...batch));
    const listening = `select 1 from pg_stat_activity where query like 'listen%' and datname = current_database()`;
    await eventually(async () => (await db.pool.query(listening)).rowCount === 2);
    await front.deliver([add('a', 1)]);
    await eventually(async () => heads.some(({ actorId, seq }) => actorId === 'a' && seq === 2));
    expect(await seen(worker, 'a')).toEqual([1]);
    await expect(front.stats()).resolves.toMatchObject({ mailboxDepth: 0 });
  });

  it('comes back after its listening connection broke', async () => {
    const worker = await start({ replicaId: 'worker', limits: { pollMs: 60_000 } });
    const front = await start({ replicaId: 'front', worker: false });
    const heads: unknown[] = [];
    front.onForeignCommit((batch) => void heads.push(...batch));
    const listening = `select pid from pg_stat_activity where query like 'listen%' and datname = current_database()`;
    const before = await eventually(async () => {
      const { rows } = await db.pool.query(listening);
      return rows.length === 2 && rows.map((row) => row.pid);
    });
    await db.pool.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [before]);
    await eventually(async () => {
      const { rows } = await db.pool.query(listening);
      return rows.filter((row) => !before.includes(row.pid)).length === 2;
    });
    await front.deliver([add('a', 1)]);
    await eventually(async () => heads.length > 0);
    expect(await seen(worker, 'a')).toEqual([1]);
  });
});
