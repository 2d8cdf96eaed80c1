/**
 * G5: a command runs at least once, its result is applied once. G7: a stale result is journaled and ignored; a command
 * that was cancelled before it started never starts.
 */
import { Effect } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { handler, shopEvent, shopKind } from './testing/counter.ts';
import { makeGate } from './testing/gate.ts';
import { eventually, type TestEngine, THROUGH_MAILBOX, testEngine } from './testing/harness.ts';
import { spawnReplica } from './testing/spawn-replica.ts';
import type { CommandHandler, CommandInfo } from './types.ts';

let db: TestDatabase;
const engines: TestEngine[] = [];

beforeEach(async () => {
  db = await testDatabase();
});

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop(100)));
  await db.drop();
});

const start = async (
  fetchPrice: CommandHandler,
  over: Partial<Parameters<typeof testEngine>[0]> = {},
): Promise<TestEngine> => {
  const engine = await testEngine({ databaseUrl: db.url, kinds: [shopKind({ fetchPrice })], ...over });
  engines.push(engine);
  return engine;
};

const value = async (engine: TestEngine, actorId = 's') => (await engine.load(actorId))?.snapshot.value;
const context = async (engine: TestEngine, actorId = 's') => (await engine.load(actorId))?.snapshot.context;
const results = async (engine: TestEngine) =>
  (await engine.journal('s', 0, 100)).filter(({ cause }) => cause === 'result');

/** What the outbox says of each command, oldest first. */
const outbox = async (): Promise<readonly Record<string, unknown>[]> => {
  const { rows } = await db.pool.query(
    'select command_id, status, attempt, replica is null as free from outbox order by created_at, command_id',
  );
  return rows;
};

describe('a command', () => {
  it('gets its input as plain JSON and a stable id, and knows when its first attempt began', async () => {
    const infos: CommandInfo[] = [];
    const inputs: unknown[] = [];
    const engine = await start(
      handler((input, info) => {
        inputs.push(input);
        infos.push(info);
        return infos.length < 3
          ? Effect.fail({ _tag: 'Away', message: 'try later', retryable: true, retryAfterMs: 30 })
          : Effect.succeed(7);
      }),
    );
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await eventually(async () => (await context(engine))?.price === 7);
    expect(inputs).toEqual([{ asked: 1 }, { asked: 1 }, { asked: 1 }]);
    expect(infos.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(new Set(infos.map(({ commandId }) => commandId))).toEqual(new Set(['s:2:fetchPrice']));
    expect(new Set(infos.map(({ firstAttemptAt }) => firstAttemptAt)).size).toBe(1);
    expect(await results(engine)).toHaveLength(1);
  });

  const failing: readonly [string, CommandHandler, string, number][] = [
    [
      'gives up after its attempts',
      handler(() => Effect.fail({ _tag: 'Away', message: 'x', retryable: true })),
      'Away',
      3,
    ],
    [
      'does not repeat a final failure',
      handler(() => Effect.fail({ _tag: 'No', message: 'x', retryable: false })),
      'No',
      1,
    ],
    ['treats a defect as final', handler(() => Effect.die(new Error('bug'))), 'CommandDefect', 1],
    [
      'survives a handler that throws',
      handler(() => {
        throw new Error('bug');
      }),
      'CommandDefect',
      1,
    ],
    [
      'is cut off at its time-out, each attempt',
      handler(() => Effect.never, { timeoutMs: 20, retry: { maxAttempts: 2, baseMs: 1, capMs: 1 } }),
      'CommandTimedOut',
      2,
    ],
    ['refuses an output that is not JSON', handler(() => Effect.succeed(1n)), 'CommandOutputUnfit', 1],
    [
      'refuses an output that the database cannot hold',
      handler(() => Effect.sync(() => JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`))),
      'CommandOutputUnfit',
      1,
    ],
  ];
  for (const [what, fetchPrice, tag, attempts] of failing) {
    it(`${what}, and the machine hears of it`, async () => {
      const engine = await start(fetchPrice);
      await engine.deliver([shopEvent('s', 'ASK', '1')]);
      await eventually(async () => (await value(engine)) === 'failed');
      expect((await context(engine))?.failure).toBe(tag);
      expect(await outbox()).toMatchObject([{ status: 'failed', attempt: attempts }]);
    });
  }

  /** Fails like an open circuit: the vendor was not asked. */
  const circuit = (times: number, attempts: number[], postponeMs: number) =>
    handler(
      (_input, { attempt }) =>
        Effect.suspend(() => {
          attempts.push(attempt);
          const closed = attempts.length > times;
          return closed
            ? Effect.succeed(7)
            : Effect.fail({ _tag: 'Open', message: 'x', retryable: true, retryAfterMs: 2, unsent: true });
        }),
      { retry: { maxAttempts: 2, baseMs: 1, capMs: 2, postponeMs } },
    );

  // To see it fail: let SETTLE leave `attempt` alone.
  it('spends no attempt while its vendor is known to be away', async () => {
    const attempts: number[] = [];
    const engine = await start(circuit(6, attempts, 60_000));
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await eventually(async () => (await context(engine))?.price === 7);
    expect(attempts).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(await outbox()).toMatchObject([{ status: 'done', attempt: 1 }, {}]);
  });

  it('spends them when that lasts longer than its patience', async () => {
    const attempts: number[] = [];
    const engine = await start(circuit(100, attempts, 0));
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await eventually(async () => (await value(engine)) === 'failed');
    expect(attempts).toEqual([1, 2]);
  });

  it('of one slow vendor holds up no other, and no more run than allowed', async () => {
    let running = 0;
    let most = 0;
    const slow = handler(
      () =>
        Effect.sync(() => {
          running++;
          most = Math.max(most, running);
        }).pipe(
          Effect.andThen(Effect.sleep(15)),
          Effect.andThen(
            Effect.sync(() => {
              running--;
              return 1;
            }),
          ),
        ),
      { vendor: 'slow' },
    );
    const engine = await start(slow, { limits: { vendorConcurrency: { slow: 2 }, commandBacklog: 5 } });
    const actors = Array.from({ length: 12 }, (_, i) => `v${i}`);
    await engine.deliver(actors.map((id) => shopEvent(id, 'ASK', '1')));
    await eventually(async () =>
      (await Promise.all(actors.map((id) => value(engine, id)))).every((v) => v === 'priced'),
    );
    expect(most).toBe(2);
  });
});

describe('G5: at least once, applied once', () => {
  // To see it fail: drop `and o.replica = $10 and o.attempt = n.attempt` from SETTLE, or never adopt.
  it('a replica killed between the work and its completion: another runs it again, the result counts once', async () => {
    await db.pool.query('create table ran (command_id text, attempt int)');
    const victim = spawnReplica(db.url, 'serve', '-', 'command.after-run');
    await victim.line((line) => line === 'ready');
    const engine = await start(
      handler((_input, { attempt }) => Effect.succeed(attempt)),
      { worker: false, limits: { leaseMs: 1000 } },
    );
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await victim.exited;
    expect((await db.pool.query('select attempt from ran')).rows).toEqual([{ attempt: 1 }]);
    expect(await results(engine)).toEqual([]);
    await db.pool.query(`update replica set alive_until = now() - interval '1 second'`); // its lease has run out
    const heir = await start(handler((_input, { attempt }) => Effect.succeed(attempt)));
    await eventually(async () => (await context(heir))?.price === 2);
    expect(await results(heir)).toHaveLength(1);
  });

  const endings: readonly [string, CommandHandler['run']][] = [
    ['complete it', () => Effect.succeed('from the frozen one')],
    ['fail it into another attempt', () => Effect.fail({ _tag: 'Away', message: 'x', retryable: true })],
  ];
  for (const [what, end] of endings) {
    it(`a replica that stood still and lost its command cannot ${what}`, async () => {
      const gate = makeGate();
      gate.shut('command.after-run');
      const limits = { heartbeatMs: 3_600_000, pollMs: 3_600_000 };
      const frozen = await start(handler(end), { replicaId: 'frozen', trigger: gate.trigger, limits });
      await frozen.deliver([shopEvent('s', 'ASK', '1')]);
      await gate.reached('command.after-run');
      await db.pool.query(`update replica set alive_until = now() - interval '1 second'`);
      let runs = 0;
      const heir = await start(
        handler(() => Effect.sync(() => `from the heir, run ${++runs}`)),
        { replicaId: 'heir' },
      );
      await eventually(async () => (await value(heir)) === 'priced');
      gate.open('command.after-run');
      await frozen.stop(1000);
      expect(await outbox()).toMatchObject([{ status: 'done', attempt: 2 }, { status: 'done' }]);
      expect((await context(heir))?.price).toBe('from the heir, run 1');
      expect(await results(heir)).toHaveLength(1);
    });
  }

  it('a command that kills its process again and again fails for good', async () => {
    const gate = makeGate();
    gate.shut('command.before-claim');
    const engine = await start(
      handler(() => Effect.succeed(1)),
      { trigger: gate.trigger },
    );
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await gate.reached('command.before-claim');
    await db.pool.query('update outbox set attempt = 6'); // 3 attempts and 3 takeovers
    gate.open('command.before-claim');
    await eventually(async () => (await context(engine))?.failure === 'CommandAbandoned');
  });

  it('stopping lets commands finish within the grace, then gives the rest back uncounted', async () => {
    const begun = Promise.withResolvers<void>();
    const interrupted: string[] = [];
    const engine = await start(
      handler(() =>
        Effect.sync(begun.resolve).pipe(
          Effect.andThen(Effect.never),
          Effect.onInterrupt(() => Effect.sync(() => interrupted.push('yes'))),
        ),
      ),
    );
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await begun.promise;
    await engine.stop(20);
    expect(interrupted).toEqual(['yes']);
    expect(await outbox()).toMatchObject([{ status: 'pending', attempt: 0, free: true }]);
    expect((await db.pool.query('select 1 from replica')).rowCount).toBe(0);
    await expect(engine.deliver([shopEvent('s', 'ASK', '2')])).rejects.toMatchObject({ _tag: 'EngineBusy' });
    const next = await start(handler(() => Effect.succeed(5)));
    await eventually(async () => (await context(next))?.price === 5);
  });
});

describe('G7: stale results and cancelled commands', () => {
  // To see it fail: drop the binding check from take-event.ts.
  it('a result that was overtaken by a newer state is journaled and ignored', async () => {
    const gate = makeGate();
    const engine = await start(
      handler(() => Effect.succeed(1)),
      { trigger: gate.trigger, limits: THROUGH_MAILBOX },
    );
    gate.shut('command.before-run');
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await gate.reached('command.before-run');
    gate.shut('apply.before-lock');
    await engine.deliver([shopEvent('s', 'IDLE', '2')]);
    await gate.reached('apply.before-lock'); // the lane stands still, so what follows is pending for sure
    await engine.deliver([shopEvent('s', 'STOP', '3')]);
    gate.open('command.before-run');
    await eventually(async () => (await outbox())[0]?.status === 'done');
    gate.open('apply.before-lock');
    const [row] = await eventually(async () => {
      const rows = await results(engine);
      return rows.length === 1 && rows;
    });
    expect(row?.ignored).toBe('stale result: s:2:fetchPrice was superseded');
    expect(row?.contextDiff).toEqual([]);
    expect(await value(engine)).toBe('idle');
  });

  // To see it fail: drop `and o.status = 'pending'` from CLAIM.
  it('a command that was cancelled before it started never starts', async () => {
    let ran = 0;
    const gate = makeGate();
    gate.shut('command.before-claim');
    const engine = await start(
      handler(() => Effect.sync(() => ++ran)),
      { trigger: gate.trigger },
    );
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await gate.reached('command.before-claim');
    await engine.deliver([shopEvent('s', 'STOP', '2')]);
    await eventually(async () => (await value(engine)) === 'idle');
    gate.open('command.before-claim');
    await engine.deliver([shopEvent('s', 'ASK', '3')]);
    await eventually(async () => (await context(engine))?.price === 1);
    expect(ran).toBe(1);
    const ended = await eventually(async () => {
      const statuses = (await outbox()).map(({ status }) => status);
      return !statuses.some((status) => status === 'pending' || status === 'running') && statuses;
    });
    expect(ended).toEqual(['cancelled', 'done', 'done']);
  });

  it('a command spawned and stopped in one commit is stored as cancelled', async () => {
    const engine = await start(handler(() => Effect.succeed(1)));
    await engine.deliver([shopEvent('s', 'ASK', '1'), shopEvent('s', 'STOP', '2')]);
    await eventually(async () => (await engine.journal('s', 2, 1)).length === 1);
    expect(await outbox()).toMatchObject([{ status: 'cancelled', attempt: 0 }]);
  });

  it('a running command is interrupted when its child is stopped, on whatever replica it runs', async () => {
    const begun = Promise.withResolvers<void>();
    const interrupted = Promise.withResolvers<void>();
    const hanging = handler(() =>
      Effect.sync(begun.resolve).pipe(
        Effect.andThen(Effect.never),
        Effect.onInterrupt(() => Effect.sync(interrupted.resolve)),
      ),
    );
    const runner = await start(hanging, { replicaId: 'runner', limits: { pollMs: 60_000 } });
    await runner.deliver([shopEvent('s', 'ASK', '1')]);
    await begun.promise;
    const other = await start(hanging, { replicaId: 'other' });
    await other.deliver([shopEvent('s', 'STOP', '2')]);
    await interrupted.promise;
    expect(await value(other)).toBe('idle');
    expect((await outbox())[0]?.status).toBe('cancelled');
  });
});
