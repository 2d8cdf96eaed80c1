/** The books against a real Postgres: what may be spent, by whom, and what is counted when things go wrong. */
import { Effect, Result } from 'effect';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  BudgetSpent,
  type CallEnd,
  type CallIntent,
  ModelLedger,
  type Reservation,
} from '../../actors/model/model-ledger.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { DEFAULT_SETTINGS, type Settings } from '../api/settings-schema.ts';
import { LOST_AFTER_MS, modelLedger } from './model-ledger.ts';
import { makeSpendApi } from './spend-view.ts';

const ZONE = 'Asia/Dubai';
/** Half past eleven in the evening in Dubai. */
const EVENING = Date.parse('2026-03-01T19:30:00Z');
const HOUR = 3_600_000;
const ID = 'wz:c1:15555550142';

const bill = (costUsd: string): CallEnd['bill'] => ({
  model: 'a/x',
  provider: 'A',
  generationId: 'gen-1',
  usage: { promptTokens: 100, completionTokens: 20, cachedTokens: 50, reasoningTokens: 5, costUsd },
});
const answered = (costUsd: string): CallEnd => ({
  outcome: 'answered',
  errorClass: null,
  bill: bill(costUsd),
  free: false,
  finishReason: 'stop',
  durationMs: 1200,
});
const interrupted: CallEnd = {
  outcome: 'interrupted',
  errorClass: null,
  bill: null,
  free: false,
  finishReason: null,
  durationMs: 10,
};

describe('the books of model calls', () => {
  let db: TestDatabase;
  let now = EVENING;
  let settings: Settings = DEFAULT_SETTINGS;
  let logged: string[] = [];
  const clock = { now: () => now };
  const log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (_: unknown, message: string) => void logged.push(message),
    error: (_: unknown, message: string) => void logged.push(message),
  };

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    now = EVENING;
    logged = [];
    settings = { ...DEFAULT_SETTINGS, budgets: { ...DEFAULT_SETTINGS.budgets, dialogueDailyUsd: '1.00' } };
    await db.pool.query('truncate model_call, model_spend, conversation cascade');
  });

  const withLedger = <A, E>(use: (ledger: ModelLedger['Service']) => Effect.Effect<A, E>) =>
    Effect.runPromise(
      Effect.result(
        Effect.flatMap(ModelLedger, use).pipe(
          Effect.provide(
            modelLedger({
              pool: db.pool,
              settings: { get: async () => settings },
              clock,
              log,
              timeZone: ZONE,
            }),
          ),
        ),
      ),
    );
  let calls = 0;
  const intent = (change: Partial<CallIntent> = {}): CallIntent => {
    calls += 1;
    return {
      conversationId: ID,
      commandId: `${ID}:${calls}:think`,
      attempt: 1,
      job: 'dialogue',
      promptVersions: ['persona@1'],
      reserveUsd: '0.10',
      ...change,
    };
  };
  const reserve = (change: Partial<CallIntent> = {}) =>
    withLedger((ledger) => ledger.reserve(intent(change)));
  const settle = (reservation: Reservation, end: CallEnd) =>
    withLedger((ledger) => ledger.settle(reservation, end));
  const call = async (end: CallEnd, change: Partial<CallIntent> = {}) => {
    const reservation = Result.getOrThrow(await reserve(change));
    await settle(reservation, end);
    return reservation;
  };
  const refusal = (result: Result.Result<unknown, unknown>): BudgetSpent => {
    const error = Result.getOrThrow(Result.flip(result));
    if (!(error instanceof BudgetSpent)) throw new Error(`not a spent budget: ${String(error)}`);
    return error;
  };
  const api = () => makeSpendApi(db.pool, clock, ZONE);

  it('keep what a call was, and the sums of the business day', async () => {
    await call(answered('0.00041'));
    now += HOUR;
    await call(
      { ...answered('0.2'), outcome: 'failed', errorClass: 'ChatModelTruncated' },
      { job: 'quality' },
    );
    const page = await api().calls(ID, 1);
    expect(page?.items).toEqual([
      {
        id: expect.stringMatching(/:think#1$/),
        job: 'dialogue',
        at: '2026-03-01T19:30:00.000Z',
        outcome: 'answered',
        errorClass: null,
        model: 'a/x',
        provider: 'A',
        generationId: 'gen-1',
        promptVersions: ['persona@1'],
        promptTokens: 100,
        cachedTokens: 50,
        completionTokens: 20,
        reasoningTokens: 5,
        costUsd: '0.00041',
        durationMs: 1200,
        finishReason: 'stop',
      },
    ]);
    const rest = await api().calls(ID, 1, page?.next ?? '');
    expect(rest).toMatchObject({ items: [{ errorClass: 'ChatModelTruncated' }], next: null });
    expect(await api().spend('2026-03-01', '2026-03-02')).toMatchObject({
      items: [
        { day: '2026-03-01', job: 'dialogue', calls: 1, failed: 0, costUsd: '0.00041' },
        { day: '2026-03-02', job: 'quality', calls: 1, failed: 1, costUsd: '0.2' },
      ],
      totalUsd: '0.20041',
    });
  });

  it('know a conversation without calls from none at all', async () => {
    expect(await api().calls('wz:c1:nobody', 10)).toBeNull();
  });

  it('stop a job when its money is spent, and start again on the next business day', async () => {
    await call(answered('0.99'));
    await call(answered('0.02'));
    const spent = refusal(await reserve());
    expect(spent).toMatchObject({ job: 'dialogue', scope: 'job', day: '2026-03-01', retryable: false });
    expect(spent.message).toContain('1.0100 of 1.00 USD');
    now += HOUR;
    expect(Result.isSuccess(await reserve())).toBe(true);
  });

  it('take a changed limit from the next call on', async () => {
    await call(answered('1.5'));
    refusal(await reserve());
    settings = { ...settings, budgets: { ...settings.budgets, dialogueDailyUsd: '2.00' } };
    expect(Result.isSuccess(await reserve())).toBe(true);
    settings = { ...settings, budgets: { ...settings.budgets, dialogueDailyUsd: '0.00' } };
    refusal(await reserve());
  });

  it('count calls in flight, on every replica: the last money is not spent twice', async () => {
    const results = await Promise.all(Array.from({ length: 30 }, () => reserve({ reserveUsd: '0.25' })));
    expect(results.filter(Result.isSuccess)).toHaveLength(4);
    const first = results.find(Result.isSuccess);
    if (!first) throw new Error('nobody got any');
    await settle(first.success, answered('0.001'));
    expect(Result.isSuccess(await reserve({ reserveUsd: '0.25' }))).toBe(true);
  });

  it('let the other jobs stop first: the last fifth of the shop is for customers', async () => {
    settings = {
      ...settings,
      budgets: {
        totalDailyUsd: '1.00',
        dialogueDailyUsd: '5.00',
        summaryDailyUsd: '5.00',
        otherDailyUsd: '5.00',
      },
    };
    await call(answered('0.79'));
    expect(Result.isSuccess(await reserve({ job: 'summary', reserveUsd: '0.0001' }))).toBe(true);
    await call(answered('0.02'));
    expect(refusal(await reserve({ job: 'summary' }))).toMatchObject({ scope: 'shop', limitUsd: '0.80' });
    refusal(await reserve({ job: 'quality' }));
    refusal(await reserve({ job: 'anything' }));
    await call(answered('0.20'));
    expect(refusal(await reserve())).toMatchObject({ job: 'dialogue', scope: 'shop', limitUsd: '1.00' });
  });

  it('hold quality to the money of reviews', async () => {
    settings = { ...settings, reviews: { ...settings.reviews, dailyBudgetUsd: '0.05' } };
    await call(answered('0.05'), { job: 'quality', reserveUsd: '0.05' });
    refusal(await reserve({ job: 'quality' }));
    expect(Result.isSuccess(await reserve())).toBe(true);
  });

  it('book a call once, however often its end is told', async () => {
    const reservation = await call(answered('0.3'));
    await settle(reservation, answered('0.3'));
    await settle(reservation, interrupted);
    expect(await api().spend('2026-03-01', '2026-03-01')).toMatchObject({
      items: [{ calls: 1 }],
      totalUsd: '0.3',
    });
  });

  it('give an attempt that is run again a line of its own', async () => {
    const again = { commandId: `${ID}:7:think` };
    const first = await call(interrupted, again);
    const second = await call(answered('0.1'), again);
    expect([first.callId, second.callId]).toEqual([`${ID}:7:think#1`, `${ID}:7:think#1.2`]);
  });

  it('count an interrupted call as much as a usual one, without inventing a bill', async () => {
    await call(answered('0.3'));
    await call(answered('0.1'));
    await call(interrupted);
    await call(interrupted);
    await call(interrupted);
    expect(await api().spend('2026-03-01', '2026-03-01')).toMatchObject({
      items: [{ calls: 5, unbilled: 3, costUsd: '0.4' }],
    });
    expect(refusal(await reserve()).usedUsd).toBe('1.0000');
  });

  it('count no money for what the vendor refused to do', async () => {
    await call({ ...interrupted, outcome: 'failed', errorClass: 'ChatModelRateLimited', free: true });
    expect(await api().spend('2026-03-01', '2026-03-01')).toMatchObject({
      items: [{ failed: 1, unbilled: 0 }],
    });
  });

  it('give back what a dead replica had reserved, and say that its call is lost', async () => {
    await reserve({ reserveUsd: '2.00' });
    refusal(await reserve());
    now += LOST_AFTER_MS;
    const next = Result.getOrThrow(await reserve());
    expect((await api().calls(ID, 10))?.items.map((item) => item.outcome)).toEqual(['lost', 'running']);
    expect(await api().spend('2026-03-01', '2026-03-01')).toMatchObject({
      items: [{ calls: 1, unbilled: 1 }],
    });
    await settle(next, answered('0.1'));
  });

  it('spend nothing while they cannot be opened, and never fail an answer that is paid', async () => {
    const closed = await testDatabase();
    const ledger = modelLedger({
      pool: closed.pool,
      settings: { get: async () => settings },
      clock,
      log,
      timeZone: ZONE,
    });
    await closed.drop();
    const program = Effect.gen(function* () {
      const books = yield* ModelLedger;
      const refused = yield* Effect.flip(books.reserve(intent()));
      yield* books.settle({ conversationId: ID, callId: 'x' }, answered('0.1'));
      return refused;
    }).pipe(Effect.provide(ledger));
    expect(await Effect.runPromise(program)).toMatchObject({ _tag: 'LedgerAway', retryable: true });
    expect(logged).toEqual([
      'the books of model calls could not be opened',
      'a model call could not be booked; it will count as lost',
    ]);
  });

  it('read their indexes: a budget is checked without walking through the calls', async () => {
    const client = await db.pool.connect();
    await client.query('begin; set local enable_seqscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      "explain select job, sum(reserved_usd) from model_call where outcome = 'running' and at > 0 group by job",
    );
    await client.query('rollback');
    client.release();
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('model_call_running');
  });
});
