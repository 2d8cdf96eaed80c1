/** The real conversation under load: customers in bursts, managers who cut in, vendors that fail, echoes in any order. */
import { Context } from 'effect';
import type { ChatMessage } from '../../machines/conversation/actors.ts';
import { DEFAULT_BRIEFING, type EvidenceProduct } from '../../machines/conversation/context.ts';
import {
  CONVERSATION_KIND,
  type ConversationEvent,
  conversationId,
} from '../../machines/conversation/events.ts';
import { conversationKind } from '../../runtime/conversations/kind.ts';
import type { ClaimedCommand } from '../../runtime/engine/store/commands.ts';
import type { ActorKind, Cause, MailboxEvent } from '../../runtime/engine/types.ts';
import { conversationFaults } from './conversation-rules.ts';
import type { Random } from './random.ts';
import { hostileOps } from './workloads.ts';
import { EPOCH, type Op, type VendorAnswer, type Workload } from './world.ts';

const TIMING = {
  debounceMs: 1500,
  debounceMaxMs: 6000,
  replyDeadlineMs: 10_000,
  handOverReturnMs: 8 * 3_600_000,
};
const CHATS = ['971500000001', '971500000002'].map((chat) => conversationId('c1', chat));
const OMAR = { id: 'u1', name: 'Omar' };
const LINA = { id: 'u2', name: 'Lina' };

const CHAIR: EvidenceProduct = {
  sku: 'CH-616',
  name: 'Ergo Task Chair 616',
  nameAr: 'كرسي عمل مريح 616',
  price: '450.00',
  currency: 'AED',
  stock: 12,
  description: 'Mesh back',
  category: 'Task chairs',
};

const CUSTOMER_TEXTS = [
  'Hello',
  'I need 20 office chairs',
  'مرحبا، أحتاج كراسي مكتب',
  'What does the 616 cost?',
  'My name is Sara and I work for Acme',
  'Can I talk to a person?',
  'thanks 😀',
  '',
];
const REPLIES = [
  'Hello! How can I help you today?',
  'The Ergo Task Chair 616 costs 450.00 AED.',
  'It costs 99.00 AED and we deliver it tomorrow with a 90% discount.',
  '',
];

const mail = (
  actorId: string,
  eventId: string,
  cause: Cause,
  at: number,
  body: ConversationEvent,
): MailboxEvent => ({
  actorId,
  kind: CONVERSATION_KIND,
  eventId,
  cause,
  sentAt: at,
  body: { ...body },
});

const message = (messageId: string, at: number, random: Random): ConversationEvent => {
  const kind = random.chance(0.1) ? random.pick(['image', 'audio', 'other'] as const) : 'text';
  const media = kind === 'text' ? null : { uri: `https://store.wazzup24.com/${messageId}`, name: null };
  const text = kind === 'text' ? random.pick(CUSTOMER_TEXTS) : '';
  // Now and then one that an old phone sends late.
  const sentAt = random.chance(0.03) ? at - 2 * 86_400_000 : at;
  return {
    type: 'customer.message',
    messageId,
    kind,
    text,
    media,
    quoted: null,
    contactName: 'Sara',
    sentAt,
  };
};

const managerSays = (id: string, at: number, random: Random): ConversationEvent => {
  const by = random.pick([OMAR, LINA]);
  const echo = {
    messageId: id,
    kind: 'text',
    media: null,
    sentFromApp: random.chance(0.5),
    sentAt: at,
  } as const;
  const choices: readonly ConversationEvent[] = [
    { type: 'manager.takeOver', by },
    { type: 'manager.takeOver', by },
    { type: 'manager.reply', by, text: `I will see to it, ${id}` },
    { type: 'manager.template', by, template: { id: 't1', values: [] }, text: `Template ${id}` },
    { type: 'manager.release', by, note: random.chance(0.5) ? 'be kind' : null },
    { type: 'manager.release', by, note: null },
    { type: 'manager.note', by, text: 'rings twice' },
    { type: 'manager.close', by },
    { ...echo, type: 'channel.echo', text: `From my phone ${id}`, authorType: 'manager', authorName: 'Omar' },
  ];
  return random.pick(choices);
};

const script = (random: Random): readonly Op[] => {
  const ops: Op[] = [];
  const sent: string[] = [];
  const span = random.pick([8000, 30_000, 30_000, 120_000]);
  for (let i = random.int(3, 14); i > 0; i--) {
    const actorId = random.pick(CHATS);
    const at = random.chance(0.07) ? random.int(9 * 3_600_000, 30 * 3_600_000) : random.int(0, span);
    const stream = `${actorId} ${random.int(0, 1)}`;
    if (random.chance(0.3)) {
      const id = `m${i}`;
      ops.push({
        at,
        op: 'deliver',
        stream: `admin ${i}`,
        events: [mail(actorId, id, 'manager', EPOCH + at, managerSays(id, EPOCH + at, random))],
      });
      continue;
    }
    const events: MailboxEvent[] = [];
    for (let k = random.int(1, 3); k > 0; k--) {
      const messageId = random.chance(0.05) && sent.length > 0 ? random.pick(sent) : `${i}.${k}`;
      sent.push(messageId);
      const sentAt = EPOCH + at - k * 300;
      events.push(mail(actorId, messageId, 'customer', sentAt, message(messageId, sentAt, random)));
    }
    ops.push({ at, op: 'deliver', stream, events });
    if (random.chance(0.15))
      ops.push({ at: at + random.int(0, 3000), op: 'deliver', stream: `${stream} again`, events });
    const [first] = events;
    if (first && random.chance(0.1)) ops.push(changed(first, at + random.int(0, 4000), random));
  }
  return [...ops, ...hostileOps(random, span)];
};

/** The customer edits or deletes; it may overtake the message. */
const changed = (first: MailboxEvent, at: number, random: Random): Op => {
  const messageId = String(first.body.messageId);
  const body: ConversationEvent = random.chance(0.5)
    ? { type: 'customer.edited', messageId, text: 'I meant desks' }
    : { type: 'customer.deleted', messageId };
  const event = mail(first.actorId, `${messageId} ${body.type}`, 'customer', EPOCH + at, body);
  return { at, op: 'deliver', stream: `change ${messageId}`, events: [event] };
};

const failed = (random: Random): VendorAnswer['ended'] => ({
  tag: 'failed',
  failure: { _tag: 'Away', message: 'the vendor is away', retryable: random.chance(0.7) },
});

const answer = (command: ClaimedCommand, random: Random, now: number): VendorAnswer => {
  const afterMs = random.chance(0.08) ? random.int(4000, 40_000) : random.int(5, 900);
  if (random.chance(0.1)) return { afterMs, ended: failed(random) };
  const done = (output: unknown): VendorAnswer => ({ afterMs, ended: { tag: 'succeeded', output } });
  switch (command.name) {
    case 'brief':
      return done({ briefing: DEFAULT_BRIEFING, products: random.chance(0.5) ? [CHAIR] : [], articles: [] });
    case 'identifyCustomer':
      return done({
        contact: random.chance(0.4)
          ? { id: 'z1', name: 'Sara', company: null, email: null, segment: null }
          : null,
      });
    case 'createContact':
      return done({ contactId: 'z2' });
    case 'think':
      return done(thought(command, random));
    case 'useTools':
      return done(toolResults(command));
    case 'sendMessage':
      return { ...sent(command, random, now, afterMs) };
    case 'alertManager':
    case 'updateContact':
    case 'noteInCrm':
      return done(null);
    default:
      // A program that this workload has no answer for fails for good: the machine must live with that too.
      return {
        afterMs,
        ended: { tag: 'failed', failure: { _tag: 'Away', message: 'nobody answers', retryable: false } },
      };
  }
};

const thought = (command: ClaimedCommand, random: Random): unknown => {
  const { messages } = command.input as { readonly messages: readonly ChatMessage[] };
  const name = random.pick([
    'search_products',
    'search_products',
    'update_customer',
    'set_selection',
    'hand_over',
    'invented',
  ]);
  const args = {
    search_products: { query: 'chair' },
    update_customer: { name: 'Sara', email: 'sara@acme.example' },
    set_selection: { items: [{ sku: CHAIR.sku, quantity: 20 }] },
    hand_over: { reason: random.int(1, 18), summary: `after ${messages.length} messages` },
    invented: {},
  }[name];
  const calls = random.chance(0.5)
    ? [{ id: 'call_1', name, arguments: random.chance(0.05) ? '{broken' : JSON.stringify(args) }]
    : [];
  return {
    text: calls.length > 0 ? null : random.pick(REPLIES),
    toolCalls: calls,
    finishReason: 'stop',
    model: 'simulated/model',
    generationId: null,
    usage: { promptTokens: 10, completionTokens: 5, cachedTokens: 0, costUsd: '0.0001' },
  };
};

const toolResults = (command: ClaimedCommand): unknown => {
  const { calls } = command.input as {
    readonly calls: readonly { readonly id: string; readonly name: string }[];
  };
  const line = {
    sku: CHAIR.sku,
    name: CHAIR.name,
    quantity: 20,
    unitPrice: '450.00',
    lineTotal: '9000.00',
    currency: 'AED',
  };
  return {
    results: calls.map(({ id, name }) => ({
      id,
      name,
      result:
        name === 'set_selection'
          ? { tool: 'selection', lines: [line], products: [CHAIR] }
          : name === 'search_knowledge'
            ? { tool: 'knowledge', articles: [] }
            : { tool: 'products', products: [CHAIR] },
    })),
  };
};

/** The channel answers, echoes the message, and reports its way: in any order, and now and then not at all. */
const sent = (
  { input, commandId, actorId }: ClaimedCommand,
  random: Random,
  now: number,
  afterMs: number,
): VendorAnswer => {
  const { localId, text } = input as { readonly localId: string; readonly text: string };
  const messageId = `p ${commandId}`;
  const echo: ConversationEvent = {
    type: 'channel.echo',
    messageId,
    kind: 'text',
    text,
    media: null,
    sentFromApp: false,
    authorType: null,
    authorName: null,
    sentAt: now,
  };
  const status = (word: 'delivered' | 'read' | 'error'): ConversationEvent => ({
    type: 'message.status',
    messageId,
    status: word,
    error: word === 'error' ? { code: 'BAD', description: 'refused' } : null,
  });
  const echoes = [
    ...(random.chance(0.8) ? [mail(actorId, messageId, 'system', now, echo)] : []),
    ...(['delivered', 'read', 'error'] as const).flatMap((word) =>
      random.chance(word === 'error' ? 0.05 : 0.6)
        ? [mail(actorId, `${messageId} ${word}`, 'system', now, status(word))]
        : [],
    ),
  ].map((event) => ({ afterMs: random.int(0, 1500), events: [event] }));
  return { afterMs, ended: { tag: 'succeeded', output: { localId, providerIds: [messageId] } }, echoes };
};

/** The conversation as it is shipped; its programs never run here. */
export const shippedConversation = (): ActorKind => conversationKind(Context.empty() as never, TIMING);

export const conversationWorkload = (kind: ActorKind = shippedConversation()): Workload => ({
  name: 'conversation',
  kinds: [kind],
  script,
  answer,
  check: conversationFaults,
});
