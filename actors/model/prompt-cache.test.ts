/**
 * What a provider's cache needs (wire/05 §7): the beginning of the request, system part and tools, must be the same
 * bytes in every turn of every conversation. Checked on what really goes over the wire.
 */
import { Effect, Layer, Redacted } from 'effect';
import { expect, onTestFinished, test } from 'vitest';
import { makeVendorHealthRegistry } from '../../adapters/http/vendor-health.ts';
import { startOpenRouterDouble } from '../../adapters/openrouter/double.ts';
import { ChatModel } from '../../adapters/openrouter/openrouter.ts';
import { DEFAULT_BRIEFING } from '../../machines/conversation/context.ts';
import { CHAIR, Driver } from '../../machines/conversation/testing/driver.ts';
import { think } from '../conversation/think.ts';
import { makeTestBooks } from './testing.ts';

const setup = async () => {
  const double = await startOpenRouterDouble({ chunkMs: 0 });
  onTestFinished(() => double.close());
  const model = ChatModel.layer({
    baseUrl: double.url,
    apiKey: Redacted.make('sk-1'),
    model: 'deepseek/deepseek-chat',
    breaker: { registry: makeVendorHealthRegistry() },
  });
  const layer = Layer.merge(model, makeTestBooks().layer);
  /** Sends the conversation's current prompt; answers the request as it was on the wire. */
  const sent = async (conversation: Driver) => {
    const program = think(conversation.prompt, { commandId: 'c', attempt: 1 });
    await Effect.runPromise(program.pipe(Effect.provide(layer)));
    const body = JSON.parse(double.server.log.at(-1)?.body ?? '{}');
    return { system: JSON.stringify(body.messages[0]), tools: JSON.stringify(body.tools), body };
  };
  return { sent };
};

const SECTIONS = [
  { section: 'persona', version: 3, body: 'You are {{assistantName}} of {{companyName}}.' },
  { section: 'rules', version: 1, body: 'Never promise a delivery date.' },
];
const begin = (phrase: string): Driver => {
  const conversation = new Driver();
  conversation.says(phrase);
  conversation.settleCustomer();
  conversation.wait(1500);
  conversation.brief({ briefing: { ...DEFAULT_BRIEFING, sections: SECTIONS }, products: [CHAIR] });
  return conversation;
};

test('the beginning is the same between turns, with other products, other states and another language', async () => {
  const { sent } = await setup();
  const conversation = begin('I need ten mesh chairs');
  const first = await sent(conversation);
  conversation.thinks(null, [{ name: 'update_customer', args: { name: 'Omar Said' } }]);
  const afterTool = await sent(conversation);
  conversation.thinks('Here they are.');
  conversation.sent();
  conversation.says('مرحبا، وكم سعر الطاولات؟');
  conversation.wait(1500);
  conversation.brief({ briefing: { ...DEFAULT_BRIEFING, sections: [...SECTIONS].reverse() }, products: [] });
  const second = await sent(conversation);
  for (const later of [afterTool, second]) {
    expect(later.system).toBe(first.system);
    // A tool that the state allows from now on stands after the others.
    expect(later.tools.slice(0, first.tools.length - 1)).toBe(first.tools.slice(0, -1));
  }
  expect(afterTool.tools).toBe(first.tools);
  // What was said before stands ahead of the state of this turn, which changes with every call.
  const state = (body: typeof first.body) =>
    body.messages.findIndex(({ content }: { content: string }) => /^Answer in /.test(content ?? ''));
  expect(state(first.body)).toBe(1);
  expect(state(second.body)).toBeGreaterThan(2);
  expect(second.body.messages[1]).toMatchObject({ role: 'user', content: 'I need ten mesh chairs' });
  expect(second.body.messages.at(-1).role).toBe('user');
});

test('the last call of a turn shows the same tools and forbids them', async () => {
  const { sent } = await setup();
  const conversation = begin('I need ten mesh chairs');
  const first = await sent(conversation);
  expect(first.body.tool_choice).toBeUndefined();
  while (conversation.prompt.toolChoice !== 'none') {
    conversation.thinks(null, [{ name: 'update_customer', args: { name: 'Omar Said' } }]);
  }
  const last = await sent(conversation);
  expect(last.tools).toBe(first.tools);
  expect(last.body.tool_choice).toBe('none');
});

test('the beginning is the same between conversations, and holds nothing of a customer', async () => {
  const { sent } = await setup();
  const one = await sent(begin('I need ten mesh chairs'));
  const other = await sent(begin('Good morning, who are you?'));
  expect(other.system).toBe(one.system);
  expect(other.tools).toBe(one.tools);
  expect(one.system + one.tools).not.toMatch(/mesh chairs|CH-616|971501234567/);
});
