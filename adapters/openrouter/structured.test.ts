/** Answers of a given form, reasoning budgets and caches, against the double (wire/05 §2, §7). */
import { Effect, Result, Schema } from 'effect';
import { describe, expect, test } from 'vitest';
import type { OpenRouterDouble } from './double.ts';
import { type ChatRequest, outputCap } from './openrouter.ts';
import { sentBody, startDouble, withModel } from './testing.ts';

const Verdict = Schema.Struct({
  score: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 30 })),
  criteria: Schema.Array(Schema.Struct({ name: Schema.String, value: Schema.Literals([0, 1, 2]) })),
  note: Schema.optionalKey(Schema.String),
});
const request: ChatRequest = {
  job: 'quality',
  messages: [
    { role: 'system', content: 'Judge the dialogue.' },
    { role: 'user', content: 'Customer: hello' },
  ],
  maxTokens: 500,
};
const judge = (double: OpenRouterDouble) =>
  Effect.runPromise(
    Effect.result(
      withModel(double.url, (model) =>
        model.complete({ ...request, responseFormat: { name: 'verdict', schema: Verdict } }),
      ),
    ),
  );
const GOOD = { score: 24, criteria: [{ name: 'greeting', value: 2 }] };
const say = (value: unknown) => ({ kind: 'say' as const, text: JSON.stringify(value) });

describe('a structured answer', () => {
  test('is asked for strictly, of providers that understand it', async () => {
    const double = await startDouble();
    double.script(say({ ...GOOD, note: null }));
    expect(Result.getOrThrow(await judge(double)).value).toEqual(GOOD);
    expect(sentBody(double)).toMatchObject({
      provider: { require_parameters: true },
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'verdict',
          strict: true,
          schema: { required: ['score', 'criteria', 'note'], additionalProperties: false },
        },
      },
    });
  });

  test.each([
    ['leaves out what is optional', JSON.stringify(GOOD)],
    ['is fenced', `\`\`\`json\n${JSON.stringify(GOOD)}\n\`\`\``],
    ['is fenced with a sentence around it', `Here it is:\n\`\`\`\n${JSON.stringify(GOOD)}\n\`\`\`\nDone.`],
  ])('is taken when it %s', async (_, text) => {
    const double = await startDouble();
    double.script({ kind: 'say', text });
    expect(Result.getOrThrow(await judge(double)).value).toEqual(GOOD);
  });

  test.each([
    ['a wrong value', say({ ...GOOD, criteria: [{ name: 'greeting', value: 3 }] }), 'criteria[0].value'],
    ['a missing key', say({ criteria: [] }), 'score'],
    ['a number out of range', say({ ...GOOD, score: 99 }), 'score'],
    ['no JSON', { kind: 'say' as const, text: 'I would say 24.' }, ''],
  ])('with %s fails with its path and its bill, and quotes nothing', async (_, move, path) => {
    const double = await startDouble();
    double.script(move);
    const error = Result.getOrThrow(Result.flip(await judge(double)));
    expect(error).toMatchObject({ _tag: 'ChatModelBadReply', path, retryable: true });
    expect(Number(error.bill?.usage.costUsd)).toBeGreaterThan(0);
    expect(error.message).not.toMatch(/greeting|I would say/);
  });
});

describe('thinking', () => {
  test('has a budget of its own beside the answer and is never shown (lesson F-47)', async () => {
    const double = await startDouble();
    const reasoning = { maxTokens: 1500 };
    expect(outputCap({ maxTokens: 500, reasoning })).toBe(2000);
    await Effect.runPromise(withModel(double.url, (model) => model.complete({ ...request, reasoning })));
    expect(sentBody(double)).toMatchObject({
      max_tokens: 2000,
      reasoning: { max_tokens: 1500, exclude: true },
    });
  });

  test('by effort stays inside the cap', async () => {
    const double = await startDouble();
    const reasoning = { effort: 'low' as const };
    await Effect.runPromise(withModel(double.url, (model) => model.complete({ ...request, reasoning })));
    expect(sentBody(double)).toMatchObject({
      max_tokens: 500,
      reasoning: { effort: 'low', exclude: true },
    });
  });
});

describe("the provider's cache", () => {
  test.each([
    [
      'anthropic/claude-x',
      [{ type: 'text', text: 'Judge the dialogue.', cache_control: { type: 'ephemeral' } }],
    ],
    ['deepseek/deepseek-chat', 'Judge the dialogue.'],
  ])('of %s is marked where it must be', async (model, content) => {
    const double = await startDouble();
    await Effect.runPromise(withModel(double.url, (service) => service.complete(request), { model }));
    expect(sentBody(double).messages).toMatchObject([{ role: 'system', content }, { role: 'user' }]);
  });
});
