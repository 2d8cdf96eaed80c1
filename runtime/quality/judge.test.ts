/** A reading by the judge: real Postgres and books, the model's double. */
import { Effect, Layer, Logger, Redacted, Result } from 'effect';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Alerts } from '../../actors/conversation/alerts.ts';
import { DialogueSource } from '../../actors/quality/dialogue-source.ts';
import { judgeDialogue, MAX_TRIES } from '../../actors/quality/judge-dialogue.ts';
import { JudgeSettings, type ScopePolicy } from '../../actors/quality/judge-settings.ts';
import { makeVendorHealthRegistry } from '../../adapters/http/vendor-health.ts';
import { type OpenRouterDouble, startOpenRouterDouble } from '../../adapters/openrouter/double.ts';
import { ChatModel } from '../../adapters/openrouter/openrouter.ts';
import { NO_FACTS } from '../../machines/quality/applicability.ts';
import type { Criterion } from '../../machines/quality/criteria.ts';
import { RULE_NUMBERS } from '../../machines/quality/rubric.ts';
import type { DialogueLine } from '../../machines/quality/transcript.ts';
import type { ReviewTask } from '../../machines/review/machine.ts';
import type { ReviewReading } from '../../machines/review/result.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { DEFAULT_SETTINGS } from '../api/settings-schema.ts';
import { modelLedger } from '../spend/model-ledger.ts';

const ID = 'wz:c1:971501234567';
const SAID = [
  { from: 'customer' as const, text: 'Hi, I am Ahmed and need ten chairs', id: 'm1', at: 1 },
  { from: 'bot' as const, text: 'Hello Ahmed, I am Noor of Treejar', id: 'm2', at: 2 },
];
const TASK: ReviewTask = {
  scope: 'bot',
  conversationId: ID,
  activityAt: 5,
  until: 5,
  run: null,
  extent: 'full',
};
const POLICY: ScopePolicy = {
  model: 'other/judge',
  dayUsd: '1.00',
  allUsd: '1.00',
  callsPerDay: 100,
  callsPerRun: 100,
  dayBeganAt: 0,
  showsTranscripts: true,
  announces: false,
};
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

/** The marks of a dialogue or of a manager's work. */
const marked = ({ verdict }: ReviewReading): readonly Criterion[] =>
  'criteria' in verdict ? verdict.criteria : [];

describe('a reading by the judge', () => {
  let db: TestDatabase;
  let model: OpenRouterDouble;
  let dailyBudgetUsd: string;
  let said: readonly DialogueLine[];
  let policy: Partial<ScopePolicy>;

  const judge = (commandId = 'review:1:judge', task: Partial<ReviewTask> = {}) => {
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
      Layer.succeed(JudgeSettings, { policy: () => Effect.succeed({ ...POLICY, ...policy }) }),
      Layer.succeed(DialogueSource, {
        transcript: () => Effect.succeed(said),
        personal: () => Effect.succeed({ names: ['Ahmed'], phrases: [] }),
        facts: () => Effect.succeed({ scope: 'bot' as const, ...NO_FACTS }),
      }),
      Logger.layer([]),
    );
    const program = judgeDialogue(db.pool)({ ...TASK, ...task }, { commandId });
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
    policy = {};
  });
  afterEach(() => model.close());

  it('is asked for of the judge, cold and strictly, booked as quality, and shown no name', async () => {
    const reading = Result.getOrThrow(await judge());
    expect(reading).toMatchObject({ model: 'other/judge', promptVersion: 'quality-judge@1' });
    expect(marked(reading).map(({ rule }) => rule)).toEqual(RULE_NUMBERS);
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
    expect(marked(reading)[0]).toMatchObject({ rule: 1, score: 2, messageIds: ['m2'] });
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

  it('stops at what its scope may spend or ask in a day, unpaid, counting others of its scope only', async () => {
    await judge();
    for (const limit of [{ callsPerDay: 1 }, { dayUsd: '0.00' }]) {
      policy = limit;
      const error = Result.getOrThrow(Result.flip(await judge('review:2:judge')));
      expect(error).toMatchObject({ _tag: 'ScopeSpent', retryable: false });
    }
    policy = { callsPerDay: 1 };
    expect(Result.isSuccess(await judge('review:3:judge', { scope: 'flags' }))).toBe(true);
    policy = { callsPerDay: 1, dayBeganAt: Date.now() + 60_000 };
    expect(Result.isSuccess(await judge('review:4:judge'))).toBe(true);
    expect(asked()).toHaveLength(3);
  });

  it('stops at the calls of its run, and what a person asks for is of no run', async () => {
    policy = { callsPerRun: 1 };
    expect(Result.isSuccess(await judge('review:1:judge', { run: 'r' }))).toBe(true);
    const error = Result.getOrThrow(Result.flip(await judge('review:2:judge', { run: 'r' })));
    expect(error).toMatchObject({ _tag: 'RunSpent', retryable: false });
    expect(Result.isSuccess(await judge('review:2:judge'))).toBe(true);
  });

  it('is one for the last place when many ask at once', async () => {
    policy = { callsPerDay: 3 };
    const all = await Promise.all(Array.from({ length: 8 }, (_, i) => judge(`review:${i}:judge`)));
    expect(all.filter(Result.isSuccess)).toHaveLength(3);
    expect(asked()).toHaveLength(3);
  });

  it('shows nobody anything where the shop does not allow it', async () => {
    policy = { showsTranscripts: false };
    expect(await failure()).toMatchObject({ _tag: 'TranscriptsOff', retryable: false });
    expect(asked()).toEqual([]);
  });

  it("of a manager's work tells where the hand-over was, and of flags asks for a small answer", async () => {
    said = [
      ...SAID,
      { from: 'manager' as const, text: 'Good morning, the price is 265 AED', id: 'm3', at: 5 },
    ];
    const reading = Result.getOrThrow(await judge('review:9:judge', { scope: 'manager' }));
    expect(reading).toMatchObject({ scope: 'manager', promptVersion: 'quality-manager@1' });
    expect(marked(reading)[7]).toMatchObject({ rule: 8, score: 1, messageIds: ['m3'] });
    expect(asked()[0]?.body).toContain('(here the dialogue was handed over)\\nColleague: Good morning');
    const flags = Result.getOrThrow(await judge('review:10:judge', { scope: 'flags' }));
    expect(flags).toMatchObject({ scope: 'flags', promptVersion: 'quality-flags@1' });
    expect(JSON.parse(asked()[1]?.body ?? '').max_tokens).toBeLessThan(2000);
  });

  it('is not asked for where the assistant said nothing', async () => {
    said = SAID.slice(0, 1);
    expect(await failure()).toMatchObject({ _tag: 'NothingToJudge', retryable: false });
    expect(asked()).toEqual([]);
  });
});
