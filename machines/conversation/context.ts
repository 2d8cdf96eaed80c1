/** What a conversation remembers. Everything here is plain JSON and lives in the snapshot. */
import type { Media, MessageKind, TemplateUse } from './events.ts';

export type Language = 'en' | 'ar';

/** Waiting times of the turn and the owner region, ms (contract 2). */
export interface Timing {
  readonly debounceMs: number;
  readonly debounceMaxMs: number;
  readonly replyDeadlineMs: number;
  /** 0: a chat stays with its manager for ever. */
  readonly handOverReturnMs: number;
}

export interface ConversationInput {
  readonly id: string;
  readonly channelId: string;
  readonly chatId: string;
  readonly timing: Timing;
}

/** A line of the recent dialogue, oldest first: what the model is shown (domain 3.11). */
export interface DialogueLine {
  readonly from: 'customer' | 'bot' | 'manager' | 'note';
  readonly text: string;
  readonly at: number;
}

/** A customer's message that no reply has covered yet. */
export interface PendingMessage {
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly text: string;
  readonly sentAt: number;
  /** A voice note that has not been turned into words yet. */
  readonly voice: Media | null;
}

/** One of our own messages, kept for as long as its echo can come back (wire/01 §5.3). */
export interface OutboundMessage {
  readonly localId: string;
  readonly by: 'bot' | 'manager';
  readonly text: string;
  readonly at: number;
  readonly providerIds: readonly string[];
  readonly template?: TemplateUse;
  /** The channel reported that it could not be delivered, and a manager was told. */
  readonly failed?: true;
}

/** A product as a tool showed it in this turn: the only source of a price or a stock figure (domain 9.6, 12.7). */
export interface EvidenceProduct {
  readonly sku: string;
  readonly name: string;
  readonly nameAr: string | null;
  /** Decimal string; null when Inventory has no price (domain 9.7). */
  readonly price: string | null;
  readonly currency: string;
  readonly stock: number | null;
  readonly description: string | null;
  readonly category: string | null;
}

export interface EvidenceArticle {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

export interface Evidence {
  /** Found by tools in this turn. */
  readonly products: readonly EvidenceProduct[];
  readonly articles: readonly EvidenceArticle[];
  /** Found while the burst was being understood, before the model was asked. */
  readonly briefedProducts: readonly EvidenceProduct[];
  readonly briefedArticles: readonly EvidenceArticle[];
  /** A hand-over or alert was raised in this turn, so that "a colleague will …" is true (lesson F-24). */
  readonly escalated: boolean;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON as the model wrote it; may be anything. */
  readonly arguments: string;
}

/** A message of this turn's exchange with the model. */
export type ModelStep =
  | { readonly role: 'assistant'; readonly content: string | null; readonly toolCalls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly content: string }
  | { readonly role: 'repair'; readonly content: string };

/** A call whose arguments are sound. */
export interface ParsedCall {
  readonly id: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface RefusedCall {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

export interface Verdict {
  readonly ok: boolean;
  /** What is wrong with the reply, for the repair and for the timeline. */
  readonly problems: readonly string[];
}

export interface Turn {
  readonly number: number;
  readonly startedAt: number;
  /** First message of the burst that is being gathered. */
  readonly burstStartedAt: number;
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly searches: number;
  readonly repairs: number;
  /** The holding line went out: once a turn (contract 2, `REPLY_DEADLINE_MS`). */
  readonly held: boolean;
  readonly steps: readonly ModelStep[];
  readonly evidence: Evidence;
  /** What the model asked for, checked: what may be run and what is refused. */
  readonly proposed: {
    readonly calls: readonly ParsedCall[];
    readonly refused: readonly RefusedCall[];
  } | null;
  /** An escalation that the last tools asked for. */
  readonly handOver: { readonly trigger: number; readonly summary: string } | null;
  /** Our id of the reply, once it is queued. */
  readonly replyId: string | null;
  /** The text on its way through checking and speaking. */
  readonly reply: string | null;
  readonly verdict: Verdict | null;
}

export interface PromptSection {
  readonly section: string;
  readonly version: number;
  readonly body: string;
}

/** Business settings and prompts as they were when the turn was understood: activated versions apply at once. */
export interface Briefing {
  readonly assistantName: string;
  readonly companyName: string;
  readonly botEnabled: boolean;
  /** Raw messages shown to the model (domain 3.11, contract 3.5). */
  readonly maxContextMessages: number;
  readonly sections: readonly PromptSection[];
  /** What earlier conversations with this customer were about, newest first. Absent in snapshots of before. */
  readonly earlier?: readonly { readonly day: string; readonly summary: string }[];
}

export type SlotName =
  | 'name'
  | 'company'
  | 'individual'
  | 'email'
  | 'position'
  | 'business'
  | 'address'
  | 'need'
  | 'budget';

export interface Slot {
  readonly value: string;
  /** Explicit beats inferred (lesson F-05): a profile name never replaces what the customer said. */
  readonly source: 'said' | 'crm' | 'profile';
  readonly at: number;
}

export interface Customer {
  readonly kind: 'unknown' | 'new' | 'returning' | 'unavailable';
  readonly crmContactId: string | null;
  readonly segment: string | null;
  /** Slots changed since the CRM last knew them. */
  readonly dirty: boolean;
}

export interface OrderLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: string;
  readonly lineTotal: string;
  readonly currency: string;
}

export interface Order {
  readonly lines: readonly OrderLine[];
  readonly subtotal: string | null;
  readonly currency: string | null;
}

export interface OwnerFacts {
  readonly name: string | null;
  readonly since: number;
  readonly reason: string | null;
  /** Trigger number of domain 8.1. */
  readonly trigger: number | null;
  /** Acknowledgements given since the hand-over: two at most (domain 8.4). */
  readonly acknowledged: number;
  readonly lastAlertAt: number;
}

export interface Usage {
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Decimal string, USD. */
  readonly usd: string;
}

export interface ConversationContext {
  readonly id: string;
  readonly channelId: string;
  readonly chatId: string;
  readonly timing: Timing;
  readonly createdAt: number;
  readonly language: Language;
  readonly contactName: string | null;
  readonly dialogue: readonly DialogueLine[];
  readonly seenIds: readonly string[];
  readonly pending: readonly PendingMessage[];
  readonly outbound: readonly OutboundMessage[];
  readonly outboundCount: number;
  readonly lastCustomerAt: number | null;
  readonly answeredUpTo: number | null;
  /** Replies of the bot so far: the first one introduces it (domain 5.1). */
  readonly replies: number;
  /** Slots asked for in a reply that went out; never asked again (domain 3.6, lesson F-01). */
  readonly asked: readonly SlotName[];
  readonly turn: Turn;
  readonly briefing: Briefing;
  readonly customer: Customer;
  readonly slots: Readonly<Partial<Record<SlotName, Slot>>>;
  readonly order: Order;
  readonly owner: OwnerFacts;
  readonly usage: Usage;
}

/** Bounds of the remembered lists (G10). */
export const LIMITS = {
  dialogueLines: 40,
  pendingMessages: 50,
  outboundMessages: 30,
  seenIds: 200,
  evidenceProducts: 40,
  evidenceArticles: 12,
  /** Design 6: model calls 4 a turn, tool calls 8, one repair. */
  modelCallsPerTurn: 4,
  toolCallsPerTurn: 8,
  repairsPerTurn: 1,
  /** domain 12.13: min(6, max(2, 2 × families)); a turn of one family may search this often. */
  searchesPerTurn: 4,
} as const;

export const NO_EVIDENCE: Evidence = {
  products: [],
  articles: [],
  briefedProducts: [],
  briefedArticles: [],
  escalated: false,
};

export const IDLE_TURN: Turn = {
  number: 0,
  startedAt: 0,
  burstStartedAt: 0,
  modelCalls: 0,
  toolCalls: 0,
  searches: 0,
  repairs: 0,
  held: false,
  steps: [],
  proposed: null,
  handOver: null,
  replyId: null,
  evidence: NO_EVIDENCE,
  reply: null,
  verdict: null,
};

/** Domain 0.2: the assistant's public name and the company, until the first briefing brings the settings. */
export const DEFAULT_BRIEFING: Briefing = {
  assistantName: 'Noor',
  companyName: 'Treejar',
  botEnabled: true,
  maxContextMessages: 5,
  sections: [],
};

export const initialContext = (input: ConversationInput): ConversationContext => ({
  id: input.id,
  channelId: input.channelId,
  chatId: input.chatId,
  timing: input.timing,
  createdAt: 0,
  language: 'en',
  contactName: null,
  dialogue: [],
  seenIds: [],
  pending: [],
  outbound: [],
  outboundCount: 0,
  lastCustomerAt: null,
  answeredUpTo: null,
  replies: 0,
  asked: [],
  turn: IDLE_TURN,
  briefing: DEFAULT_BRIEFING,
  customer: { kind: 'unknown', crmContactId: null, segment: null, dirty: false },
  slots: {},
  order: { lines: [], subtotal: null, currency: null },
  owner: { name: null, since: 0, reason: null, trigger: null, acknowledged: 0, lastAlertAt: 0 },
  usage: { calls: 0, promptTokens: 0, completionTokens: 0, usd: '0' },
});
