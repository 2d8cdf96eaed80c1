/** What the mock server knows, changed only by whole steps as the engine does it: one row, one detail, its messages. */
import type {
  ConversationDetail,
  ConversationSummary,
  JournalView,
  MessageView,
} from '../../../runtime/api/schemas.ts';
import { labelOf } from './machine.ts';

export interface MockConversation {
  detail: ConversationDetail;
  readonly rows: JournalView[];
  readonly messages: MessageView[];
}

/** One transition to apply; what is left out stays as it was. */
export interface Step {
  readonly title: string;
  readonly event: string;
  readonly data?: unknown;
  readonly cause?: JournalView['cause'];
  readonly importance?: 0 | 1 | 2;
  /** New leaf of each region named, `{turn: 'turn.working.thinking'}`. */
  readonly states?: Readonly<Record<string, string>>;
  readonly guards?: JournalView['guards'];
  readonly changes?: JournalView['contextDiff'];
  readonly commands?: readonly (readonly [name: string, label: string])[];
  readonly timers?: JournalView['timers'];
  readonly detail?: Partial<ConversationDetail>;
  readonly message?: Partial<MessageView> & Pick<MessageView, 'from' | 'text'>;
  /** Ids of messages whose status moves. */
  readonly statuses?: Readonly<Record<string, MessageView['status']>>;
  readonly ignored?: string;
  /** Ms since the epoch; default now. */
  readonly at?: number;
}

export const iso = (ms: number): string => new Date(ms).toISOString();

/** Events that an operator may send, by owner, as the statechart would say it. */
const ALLOWED: Readonly<Record<ConversationDetail['owner'], readonly string[]>> = {
  bot: ['manager.takeOver', 'manager.note', 'manager.close'],
  waiting: ['manager.takeOver', 'manager.note', 'manager.close'],
  manager: [
    'manager.takeOver',
    'manager.release',
    'manager.reply',
    'manager.template',
    'manager.note',
    'manager.close',
  ],
  nobody: ['manager.note'],
};

const stateLabel = (detail: ConversationDetail): string => {
  const owner = detail.states.find((path) => path.startsWith('owner.') && path !== 'owner.bot');
  return labelOf(owner ?? detail.states.find((path) => path.startsWith('turn.')) ?? '');
};

export const summaryOf = (detail: ConversationDetail): ConversationSummary => {
  const { value, context, allowedEvents, customer, order, timers, cost, ...summary } = detail;
  return summary;
};

const withStates = (states: readonly string[], moved: Step['states']): readonly string[] =>
  states.map((path) => moved?.[path.split('.')[0] ?? ''] ?? path);

const messageOf = (
  conversation: MockConversation,
  step: Step,
  seq: number,
  at: string,
): MessageView | null => {
  if (step.message === undefined) return null;
  return {
    id: `${conversation.detail.id}/m${seq}`,
    conversationId: conversation.detail.id,
    author: null,
    kind: 'text',
    media: null,
    quoted: null,
    status: step.message.from === 'customer' ? 'received' : 'queued',
    error: null,
    deleted: false,
    seq,
    at,
    ...step.message,
  };
};

const rowOf = (
  conversation: MockConversation,
  step: Step,
  to: readonly string[],
  at: string,
): JournalView => {
  const { id, seq, states, machineVersion } = conversation.detail;
  return {
    seq: seq + 1,
    at,
    cause: step.cause ?? 'system',
    event: { type: step.event, data: step.data ?? {} },
    title: step.title,
    importance: step.importance ?? 1,
    from: states,
    to,
    guards: step.guards ?? [],
    contextDiff: step.changes ?? [],
    commands: (step.commands ?? []).map(([name, label]) => ({
      id: `${id}:${seq + 1}:${name}`,
      name,
      op: 'invoke' as const,
      label,
    })),
    timers: step.timers ?? [],
    machineVersion,
    ignored: step.ignored ?? null,
  };
};

const afterMessage = (
  detail: ConversationDetail,
  message: MessageView | null,
): Partial<ConversationDetail> => {
  if (message === null) return {};
  const { from, kind, text, at } = message;
  const lastMessage = { from, kind, text, at };
  if (from === 'note') return { lastMessage };
  if (from !== 'customer') return { lastMessage, waitingSince: null, unanswered: 0 };
  return {
    lastMessage,
    waitingSince: detail.waitingSince ?? at,
    unanswered: detail.unanswered + 1,
    windowClosesAt: iso(Date.parse(at) + 24 * 3_600_000),
  };
};

export interface Applied {
  readonly row: JournalView;
  /** Messages that the step made or changed. */
  readonly messages: readonly MessageView[];
}

/** Applies one step; the conversation is changed in place. */
export const applyStep = (conversation: MockConversation, step: Step): Applied => {
  const { detail } = conversation;
  const at = iso(step.at ?? Date.now());
  const states = withStates(detail.states, step.states);
  const row = rowOf(conversation, step, states, at);
  const message = messageOf(conversation, step, row.seq, at);
  const moved: MessageView[] = [];
  for (const [index, known] of conversation.messages.entries()) {
    const status = step.statuses?.[known.id];
    if (status === undefined) continue;
    const next = { ...known, status };
    conversation.messages[index] = next;
    moved.push(next);
  }
  if (message !== null) conversation.messages.push(message);
  conversation.rows.push(row);
  const next = {
    ...detail,
    ...afterMessage(detail, message),
    ...step.detail,
    states,
    seq: row.seq,
    updatedAt: at,
  };
  conversation.detail = { ...next, stateLabel: stateLabel(next), allowedEvents: ALLOWED[next.owner] };
  return { row, messages: message === null ? moved : [...moved, message] };
};

export interface Start {
  readonly chatId: string;
  readonly name: string | null;
  readonly language?: 'en' | 'ar';
  readonly at: number;
}

/** A conversation before its first event. */
export const startConversation = ({ chatId, name, language = 'en', at }: Start): MockConversation => {
  const phone = `+${chatId}`;
  const detail: ConversationDetail = {
    id: `wz:main:${chatId}`,
    channelId: 'main',
    chatId,
    name,
    phone,
    language,
    owner: 'bot',
    ownerName: null,
    states: ['window.closed', 'customer.unknown', 'owner.bot', 'order.exploring', 'turn.idle'],
    stateLabel: labelOf('turn.idle'),
    lastMessage: null,
    waitingSince: null,
    unanswered: 0,
    windowClosesAt: null,
    nextTimer: null,
    seq: 0,
    machineVersion: '1',
    parked: null,
    paused: false,
    createdAt: iso(at),
    updatedAt: iso(at),
    value: {},
    context: {},
    allowedEvents: ALLOWED.bot,
    customer: { name, phone, crmContactId: null, kind: 'unknown', slots: [] },
    order: { lines: [], subtotal: null },
    sale: { stage: 'exploring', quote: null, history: [], consent: { status: 'not_asked', at: null } },
    timers: [],
    cost: { calls: 0, promptTokens: 0, completionTokens: 0, usd: '0.0000' },
  };
  return { detail, rows: [], messages: [] };
};
