/** A reading by the judge: real Postgres and books, the model's double. */
import { Effect, Layer, Logger, Redacted, Result } from 'effect';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Alerts } from '../../actors/conversation/alerts.ts';
import { DialogueSource } from '../../actors/quality/dialogue-source.ts';
import { judgeDialogue, MAX_TRIES } from '../../actors/quality/judge-dialogue.ts';
import { JudgeSettings } from '../../actors/quality/judge-settings.ts';
import { makeVendorHealthRegistry } from '../../adapters/http/vendor-health.ts';
import { type OpenRouterDouble, startOpenRouterDouble } from '../../adapters/openrouter/double.ts';
import { ChatModel } from '../../adapters/openrouter/openrouter.ts';
import { NO_FACTS } from '../../machines/quality/applicability.ts';
import { RULE_NUMBERS } from '../../machines/quality/rubric.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { DEFAULT_SETTINGS } from '../api/settings-schema.ts';
import { modelLedger } from '../spend/model-ledger.ts';

const ID = 'wz:c1:971501234567';
const SAID = [
  { from: 'customer' as const, text: 'Hi, I am Ahmed and need ten chairs' },
  { from: 'bot' as const, text: 'Hello Ahmed, I am Noor of Treejar' },
];
const verdict = (quote: string) =>
  JSON.stringify({
    criteria: RULE_NUMBERS.map((rule) => ({
      rule,
      score: rule === 1 ? 2 : 0,
      comment: '',
      quotes: rule === 1 ? [quote] : [],
    })),
    strengths: [],
    weaknesses: [],
    recommendations: [],
    nextAction: 'Ask what the chairs are for.',
  });

describe('a reading by the judge', () => {
  let db: TestDatabase;
  let model: OpenRouterDouble;
  let dailyBudgetUsd: string;
  let said: typeof SAID;

  const judge = (commandId = 'review:1:judge') => {
    const quiet = () => undefined;
    const clock = { now: () => Date.now() };
    const settings = {
      get: async () => ({
        ...DEFAULT_SETTINGS,
        reviews: { ...DEFAULT_SETTINGS.reviews, dailyBudgetUsd },
      }),
    };
    const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
    const layer = Layer.mergeAll(
      ChatModel.layer({
        baseUrl: model.url,
        apiKey: Redacted.make('k'),
        model: 'writer/x',
        breaker: { registry: makeVendorHealthRegistry() },
      }),
      modelLedger({ pool: db.pool, settings, clock, log, timeZone: 'Asia/Dubai' }),
      Layer.succeed(Alerts, { raise: () => Effect.void, close: () => Effect.void }),
      Layer.succeed(JudgeSettings, { model: 'other/judge' }),
      Layer.succeed(DialogueSource, {
        transcript: () => Effect.succeed(said),
        personal: () => Effect.succeed({ names: ['Ahmed'], phrases: [] }),
        facts: () => Effect.succeed(NO_FACTS),
      }),
      Logger.layer([]),
    );
    const program = judgeDialogue(db.pool)({ conversationId: ID, until: Date.now() }, { commandId });
    return Effect.runPromise(Effect.result(program.pipe(Effect.provide(layer))));
  };
  const failure = async () => Result.getOrThrow(Result.flip(await judge()));
  const asked = () => model.server.log.filter(({ path }) => path.endsWith('/completions'));
  const rows = async () =>
    (await db.pool.query(`select try, state, reason from quality_reading order by try`)).rows;

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    await db.pool.query('truncate quality_reading, model_call, model_spend');
    model = await startOpenRouterDouble();
    dailyBudgetUsd = '1.00';
    said = SAID;
  });
  afterEach(() => model.close());

  it('is asked for of the judge, cold and strictly, booked as quality, and shown no name', async () => {
    const reading = Result.getOrThrow(await judge());
    expect(reading).toMatchObject({ model: 'other/judge', promptVersion: 'quality-judge@1' });
    expect(reading.verdict.criteria.map(({ rule }) => rule)).toEqual(RULE_NUMBERS);
    expect(Number(reading.costUsd)).toBeGreaterThan(0);
    const [request] = asked();
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      model: 'other/judge',
      temperature: 0,
      response_format: { json_schema: { strict: true } },
    });
    expect(request?.body).not.toContain('Ahmed');
    const { rows: booked } = await db.pool.query('select job, outcome, prompt_versions from model_call');
    expect(booked).toEqual([{ job: 'quality', outcome: 'answered', prompt_versions: ['quality-judge@1'] }]);
  });

  it('is paid once: the same command again gets the stored answer', async () => {
    const first = Result.getOrThrow(await judge());
    expect(Result.getOrThrow(await judge())).toEqual(first);
    expect(asked()).toHaveLength(1);
  });

  it('is not asked for again when a process died over it', async () => {
    await db.pool.query(
      `insert into quality_reading (command_id, try, conversation_id, at, state, prompt_version, model)
       values ('review:1:judge', 1, $1, 0, 'asking', 'p@1', 'm')`,
      [ID],
    );
    expect(await failure()).toMatchObject({ _tag: 'ReadingLost', retryable: false });
    expect(asked()).toEqual([]);
  });

  it('is one for two who ask at once', async () => {
    const both = await Promise.all([judge(), judge()]);
    expect(both.filter(Result.isSuccess).length).toBeGreaterThanOrEqual(1);
    expect(asked()).toHaveLength(1);
  });

  it('is refused with an invented quote, and asked for again at most twice', async () => {
    const invented = { kind: 'say' as const, text: verdict('What a wonderful project') };
    model.script(invented, invented, invented);
    expect(await failure()).toMatchObject({ _tag: 'VerdictRefused', retryable: true });
    expect(await failure()).toMatchObject({ _tag: 'VerdictRefused', retryable: true });
    expect(await failure()).toMatchObject({ _tag: 'VerdictRefused', retryable: false });
    expect(await failure()).toMatchObject({ _tag: 'VerdictRefused', retryable: false });
    expect(asked()).toHaveLength(MAX_TRIES);
    expect((await rows()).map(({ state }) => state)).toEqual(['refused', 'refused', 'refused']);
    expect(JSON.stringify(await rows())).not.toContain('wonderful');
  });

  it('is believed after a refused one, and says what both cost', async () => {
    model.script({ kind: 'say', text: verdict('Nobody said this') });
    model.script({ kind: 'say', text: verdict('Hello [name], I am Noor') });
    await failure();
    const reading = Result.getOrThrow(await judge());
    expect(reading.verdict.criteria[0]).toMatchObject({ rule: 1, score: 2 });
    const { rows: costs } = await db.pool.query('select sum(cost_usd)::text as cost from model_call');
    expect(Number(reading.costUsd)).toBeCloseTo(Number(costs[0].cost), 12);
  });

  it('stops at the money of the day, costs nothing then, and goes on when there is some', async () => {
    dailyBudgetUsd = '0.00';
    expect(await failure()).toMatchObject({ _tag: 'BudgetSpent', retryable: false });
    expect([asked(), await rows()]).toEqual([[], []]);
    dailyBudgetUsd = '1.00';
    expect(Result.isSuccess(await judge())).toBe(true);
  });

  it('waits, unpaid, while the vendor limits us', async () => {
    model.fail('429');
    expect(await failure()).toMatchObject({ _tag: 'ChatModelRateLimited', retryable: true });
    expect(await rows()).toEqual([]);
  });

  it('is not asked for where the assistant said nothing', async () => {
    said = SAID.slice(0, 1);
    expect(await failure()).toMatchObject({ _tag: 'NothingToJudge', retryable: false });
    expect(asked()).toEqual([]);
  });
});
