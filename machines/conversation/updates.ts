/** How each fact changes what the conversation remembers: pure `(context, event) → changed parts`. */
import { detectLanguage } from '../language/language.ts';
import type { BriefOutput, IdentifyOutput, SendOutput, ThinkOutput, TranscribeOutput } from './actors.ts';
import {
  type ConversationContext,
  type DialogueLine,
  type Evidence,
  IDLE_TURN,
  type Language,
  LIMITS,
  NO_EVIDENCE,
  type OutboundMessage,
  type PendingMessage,
  type Slot,
  type SlotName,
  type Turn,
} from './context.ts';
import type { ChannelEcho, CustomerDeleted, CustomerEdited, CustomerMessage, MessageKind } from './events.ts';
import { allowedAsk } from './prompt.ts';

export type Update = Partial<ConversationContext>;

const remember = (context: ConversationContext, line: DialogueLine): readonly DialogueLine[] =>
  [...context.dialogue, line].slice(-LIMITS.dialogueLines);

/** What a file, a voice note or a location reads like to the model and in the dialogue. */
const DESCRIPTIONS: Readonly<Record<MessageKind, string>> = {
  text: '',
  image: '[the customer sent a picture]',
  audio: '[the customer sent a voice note]',
  video: '[the customer sent a video]',
  document: '[the customer sent a document]',
  contact: '[the customer sent a contact card]',
  location: '[the customer sent a location]',
  missed_call: '[the customer tried to call]',
  other: '[the customer sent something that cannot be shown]',
};

const wordsOf = (kind: MessageKind, text: string): string =>
  [DESCRIPTIONS[kind], text].filter((part) => part !== '').join(' ');

/** A file, a call or a location without a word beside it. */
export const isWordless = (message: PendingMessage): boolean =>
  message.kind !== 'text' && message.text === DESCRIPTIONS[message.kind];

/** Stores a customer's message whatever the owner is: nothing said is forgotten (lesson F-41). */
export const recordCustomerMessage = (
  context: ConversationContext,
  event: CustomerMessage,
  language: Language,
): Update => {
  const text = wordsOf(event.kind, event.text);
  const voice = event.kind === 'audio' ? event.media : null;
  const pending = { messageId: event.messageId, kind: event.kind, text, sentAt: event.sentAt, voice };
  return {
    language,
    contactName: event.contactName ?? context.contactName,
    dialogue: remember(context, { from: 'customer', text, at: event.sentAt }),
    seenIds: [...context.seenIds, event.messageId].slice(-LIMITS.seenIds),
    pending: [...context.pending, pending].sort((a, b) => a.sentAt - b.sentAt).slice(-LIMITS.pendingMessages),
    lastCustomerAt: Math.max(context.lastCustomerAt ?? 0, event.sentAt),
    createdAt: context.createdAt || (event.at ?? 0),
    slots: withProfileName(context, event),
  };
};

/** A profile name is a hint only: it never replaces what the customer or the CRM said (lesson F-05). */
const withProfileName = (
  context: ConversationContext,
  event: CustomerMessage,
): ConversationContext['slots'] => {
  const name = event.contactName?.replace(/\s+/g, ' ').trim() ?? '';
  const usable = /^[\p{L}][\p{L}\p{M}'’. -]{1,60}$/u.test(name);
  if (!usable || context.slots.name) return context.slots;
  return { ...context.slots, name: { value: name, source: 'profile', at: event.at ?? 0 } };
};

/** A message older than what was already answered is history, not a new request (it came with a late sync). */
export const seen = (context: ConversationContext, messageId: string): Update => ({
  seenIds: [...context.seenIds, messageId].slice(-LIMITS.seenIds),
});

export const editMessage = (context: ConversationContext, event: CustomerEdited): Update => ({
  pending: context.pending.map((message) =>
    message.messageId === event.messageId ? { ...message, text: event.text } : message,
  ),
  dialogue: replaceLine(context, event.messageId, event.text),
});

export const deleteMessage = (context: ConversationContext, event: CustomerDeleted): Update => ({
  pending: context.pending.filter((message) => message.messageId !== event.messageId),
  dialogue: replaceLine(context, event.messageId, '[the customer deleted this message]'),
});

/** Only a message that is still pending can be told apart in the dialogue, which keeps no ids. */
const replaceLine = (
  context: ConversationContext,
  messageId: string,
  text: string,
): readonly DialogueLine[] => {
  const pending = context.pending.find((message) => message.messageId === messageId);
  if (!pending) return context.dialogue;
  return context.dialogue.map((line) =>
    line.from === 'customer' && line.at === pending.sentAt && line.text === pending.text
      ? { ...line, text }
      : line,
  );
};

/** A human answered: the open burst is theirs, and the model will know what was said (products.md §5.4). */
export const recordManagerLine = (context: ConversationContext, text: string, at: number): Update => ({
  dialogue: remember(context, { from: 'manager', text, at }),
  pending: [],
  answeredUpTo: context.lastCustomerAt,
});

export const recordEcho = (context: ConversationContext, event: ChannelEcho): Update => ({
  ...recordManagerLine(
    context,
    wordsOf(event.kind, event.text).replace('the customer', 'a colleague'),
    event.sentAt,
  ),
  seenIds: [...context.seenIds, event.messageId].slice(-LIMITS.seenIds),
});

export const recordNote = (context: ConversationContext, text: string, at: number): Update => ({
  dialogue: remember(context, { from: 'note', text, at }),
});

/** Queues one of our own messages: its text is needed to recognise its echo. */
export const queueOutbound = (
  context: ConversationContext,
  message: Pick<OutboundMessage, 'by' | 'text' | 'at' | 'template'>,
): Update => {
  const count = context.outboundCount + 1;
  const entry: OutboundMessage = { ...message, localId: `m${count}`, providerIds: [] };
  return { outbound: [...context.outbound, entry].slice(-LIMITS.outboundMessages), outboundCount: count };
};

export const confirmSent = (context: ConversationContext, output: SendOutput): Update => ({
  outbound: context.outbound.map((message) =>
    message.localId === output.localId ? { ...message, providerIds: output.providerIds } : message,
  ),
});

/** A message is given up by the channel once, however many parts of it fail. */
export const markFailed = (context: ConversationContext, providerId: string): Update => ({
  outbound: context.outbound.map((message) =>
    message.providerIds.includes(providerId) ? { ...message, failed: true } : message,
  ),
});

/**
 * Puts the words of voice notes where their descriptions stood, so that they go the way of any text (domain 16.5). A
 * note that could not be understood keeps its description and is not tried again.
 */
export const hearVoice = (context: ConversationContext, heard: TranscribeOutput['heard']): Update => {
  const words = new Map(
    heard.flatMap(({ messageId, text }) => (text === null ? [] : [[messageId, text] as const])),
  );
  const before = context.pending.filter((message) => words.has(message.messageId));
  const pending = context.pending.map((message) => ({
    ...message,
    text: words.get(message.messageId) ?? message.text,
    voice: null,
  }));
  const dialogue = context.dialogue.map((line) => {
    const note = before.find(
      (message) => line.from === 'customer' && line.at === message.sentAt && line.text === message.text,
    );
    return note ? { ...line, text: words.get(note.messageId) ?? line.text } : line;
  });
  const said = pending.filter((message) => words.has(message.messageId)).map((message) => message.text);
  return {
    pending,
    dialogue,
    language: said.reduce<Language>((language, text) => detectLanguage(text, language), context.language),
  };
};

export const startTurn = (context: ConversationContext, at: number): Update => ({
  turn: { ...IDLE_TURN, number: context.turn.number + 1, startedAt: at, burstStartedAt: at },
});

/** A newer message before the reply was queued: think again, with everything that was found so far (lesson F-37). */
export const restartBurst = (context: ConversationContext, at: number): Update => ({
  turn: {
    ...context.turn,
    burstStartedAt: at,
    steps: [],
    modelCalls: 0,
    toolCalls: 0,
    searches: 0,
    repairs: 0,
    proposed: null,
    handOver: null,
    reply: null,
    verdict: null,
  },
});

export const applyBrief = (context: ConversationContext, output: BriefOutput): Update => ({
  briefing: output.briefing,
  turn: withEvidence(context.turn, {
    briefedProducts: output.products.slice(0, LIMITS.evidenceProducts),
    briefedArticles: output.articles.slice(0, LIMITS.evidenceArticles),
  }),
});

const withEvidence = (turn: Turn, evidence: Partial<Evidence>): Turn => ({
  ...turn,
  evidence: { ...(turn.evidence ?? NO_EVIDENCE), ...evidence },
});

export const escalated = (context: ConversationContext): Update => ({
  turn: withEvidence(context.turn, { escalated: true }),
});

/** CRM facts fill slots that the customer did not fill (domain 11.3; explicit beats inferred). */
export const applyIdentity = (context: ConversationContext, output: IdentifyOutput, at: number): Update => {
  const { contact } = output;
  if (!contact) return { customer: { ...context.customer, kind: 'new' } };
  const slots: Partial<Record<SlotName, Slot>> = { ...context.slots };
  for (const [slot, value] of [
    ['name', contact.name],
    ['company', contact.company],
    ['email', contact.email],
  ] as const) {
    if (value && slots[slot]?.source !== 'said') slots[slot] = { value, source: 'crm', at };
  }
  return {
    slots,
    customer: { ...context.customer, kind: 'returning', crmContactId: contact.id, segment: contact.segment },
  };
};

export const countModelCall = (context: ConversationContext, output: ThinkOutput): Update => ({
  usage: {
    calls: context.usage.calls + 1,
    promptTokens: context.usage.promptTokens + output.usage.promptTokens,
    completionTokens: context.usage.completionTokens + output.usage.completionTokens,
    usd: addDecimal(context.usage.usd, output.usage.costUsd),
  },
  turn: { ...context.turn, modelCalls: context.turn.modelCalls + 1 },
});

/** Exact to a millionth of a dollar: model calls cost fractions of a cent. */
const MICROS = 1_000_000n;

export const addDecimal = (a: string, b: string): string => {
  const total = micros(a) + micros(b);
  const fraction = String(total % MICROS)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(total / MICROS) : `${total / MICROS}.${fraction}`;
};

const micros = (value: string): bigint => {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(value);
  if (!match) return 0n;
  return BigInt(match[1] ?? '0') * MICROS + BigInt((match[2] ?? '').padEnd(6, '0').slice(0, 6));
};

/** The reply is on its way: the burst is answered, and what it was allowed to ask has been asked. */
export const coverPending = (context: ConversationContext, at: number): Update => {
  const text = context.turn.reply ?? '';
  const ask = allowedAsk(context);
  const asked = ask !== null && /[?؟]/.test(text) ? [...context.asked, ask] : context.asked;
  return {
    dialogue: remember(context, { from: 'bot', text, at }),
    pending: [],
    answeredUpTo: context.lastCustomerAt,
    replies: context.replies + 1,
    asked,
  };
};
