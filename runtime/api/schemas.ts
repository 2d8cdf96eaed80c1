/**
 * What the REST API and the live stream say, as schemas: the server encodes with them, OpenAPI is made from them, and
 * the admin takes its types from here (contract 3.2, 3.3).
 */
import { Schema } from 'effect';
import { hitFields } from './hit-schema.ts';
import { Money, SaleView } from './sale-schema.ts';
import { SyncRunView } from './sync-run-schema.ts';

export { Money, SyncRunView };

const nullable = <S extends Schema.Top>(schema: S) => Schema.NullOr(schema);

/** RFC 3339, UTC. */
export const Time = Schema.String;

export const Owner = Schema.Literals(['bot', 'waiting', 'manager', 'nobody']);
export const Language = Schema.Literals(['en', 'ar']);

export const TimerView = Schema.Struct({ id: Schema.String, label: Schema.String, at: Time });

/** A row of the list: `GET /conversations`, live topic `conversations`. */
export const ConversationSummary = Schema.Struct({
  id: Schema.String,
  channelId: Schema.String,
  chatId: Schema.String,
  name: nullable(Schema.String),
  phone: nullable(Schema.String),
  language: Language,
  owner: Owner,
  ownerName: nullable(Schema.String),
  /** Leaf state paths, for example `turn.working.thinking`. */
  states: Schema.Array(Schema.String),
  /** The turn's and the owner's state in a manager's words. */
  stateLabel: Schema.String,
  lastMessage: nullable(
    Schema.Struct({
      from: Schema.Literals(['customer', 'bot', 'manager', 'note']),
      kind: Schema.String,
      text: Schema.String,
      at: Time,
    }),
  ),
  /** Since when the customer waits for an answer of ours; null when we answered last. */
  waitingSince: nullable(Time),
  /** Customer messages since our last answer. */
  unanswered: Schema.Int,
  /** When the 24-hour window closes, the end of the year 9999 for never (a personal channel); null when it is closed. */
  windowClosesAt: nullable(Time),
  nextTimer: nullable(TimerView),
  /** The newest journal row. */
  seq: Schema.Int,
  machineVersion: Schema.String,
  /** Set when a poison event or command is parked here. */
  parked: nullable(Schema.String),
  /** An operator holds it: events wait, nothing starts. */
  paused: Schema.Boolean,
  createdAt: Time,
  updatedAt: Time,
});
export type ConversationSummary = typeof ConversationSummary.Type;

export const OrderLineView = Schema.Struct({
  sku: Schema.String,
  name: Schema.String,
  quantity: Schema.Int,
  unitPrice: nullable(Money),
  lineTotal: nullable(Money),
});

export const SlotView = Schema.Struct({
  slot: Schema.String,
  value: Schema.String,
  source: Schema.String,
});

/** `GET /conversations/:id`. */
export const ConversationDetail = Schema.Struct({
  ...ConversationSummary.fields,
  /** XState's snapshot value. */
  value: Schema.Unknown,
  context: Schema.Unknown,
  /** Events an operator may send now (`manager.takeOver`, `manager.release`, …): the buttons to show. */
  allowedEvents: Schema.Array(Schema.String),
  customer: Schema.Struct({
    name: nullable(Schema.String),
    phone: nullable(Schema.String),
    crmContactId: nullable(Schema.String),
    kind: Schema.Literals(['unknown', 'new', 'returning', 'unavailable']),
    slots: Schema.Array(SlotView),
  }),
  order: Schema.Struct({
    lines: Schema.Array(OrderLineView),
    subtotal: nullable(Money),
  }),
  sale: SaleView,
  timers: Schema.Array(TimerView),
  /** Model calls so far. */
  cost: Schema.Struct({
    calls: Schema.Int,
    promptTokens: Schema.Int,
    completionTokens: Schema.Int,
    usd: Schema.String,
  }),
});
export type ConversationDetail = typeof ConversationDetail.Type;

export const MessageStatusView = Schema.Literals([
  'received',
  'queued',
  'sent',
  'delivered',
  'read',
  'failed',
  'dropped',
]);

/** `GET /conversations/:id/messages`, live type `message`. */
export const MessageView = Schema.Struct({
  id: Schema.String,
  conversationId: Schema.String,
  from: Schema.Literals(['customer', 'bot', 'manager', 'note']),
  author: nullable(Schema.String),
  kind: Schema.String,
  text: Schema.String,
  media: nullable(Schema.Struct({ uri: Schema.String, name: nullable(Schema.String) })),
  quoted: nullable(Schema.String),
  status: MessageStatusView,
  /** Why it failed or was dropped. */
  error: nullable(Schema.String),
  deleted: Schema.Boolean,
  /** The journal row that made it: "why did it say this?" starts here. */
  seq: Schema.Int,
  at: Time,
});
export type MessageView = typeof MessageView.Type;

export const ChangeView = Schema.Struct({
  op: Schema.Literals(['add', 'replace', 'remove']),
  path: Schema.String,
  value: Schema.optionalKey(Schema.Unknown),
  old: Schema.optionalKey(Schema.Unknown),
});

/** `GET /conversations/:id/journal`, live type `transition`. */
export const JournalView = Schema.Struct({
  seq: Schema.Int,
  at: Time,
  cause: Schema.Literals(['customer', 'bot', 'manager', 'job', 'timer', 'result', 'system']),
  event: Schema.Struct({ type: Schema.String, data: Schema.Unknown }),
  /** One line in a manager's words: "The customer wrote", "The model answered". */
  title: Schema.String,
  /** 0 routine (folded), 1 normal, 2 important. */
  importance: Schema.Int,
  from: Schema.Array(Schema.String),
  to: Schema.Array(Schema.String),
  guards: Schema.Array(
    Schema.Struct({
      guard: Schema.String,
      params: Schema.optionalKey(Schema.Unknown),
      result: Schema.Boolean,
    }),
  ),
  contextDiff: Schema.Array(ChangeView),
  commands: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      name: Schema.String,
      op: Schema.Literals(['invoke', 'action', 'stop']),
      label: Schema.String,
    }),
  ),
  timers: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      label: Schema.String,
      op: Schema.Literals(['armed', 'cancelled', 'fired']),
      at: nullable(Time),
    }),
  ),
  machineVersion: Schema.String,
  ignored: nullable(Schema.String),
});
export type JournalView = typeof JournalView.Type;

/** A state of a machine, flat, parents before children: `GET /machines/:id`. */
export const StateNodeView = Schema.Struct({
  /** Path with dots, `turn.working.thinking`; the root has the empty path. */
  path: Schema.String,
  parent: nullable(Schema.String),
  key: Schema.String,
  type: Schema.Literals(['atomic', 'compound', 'parallel', 'final', 'history']),
  label: Schema.String,
  description: nullable(Schema.String),
  invokes: Schema.Array(Schema.String),
});
export const TransitionView = Schema.Struct({
  from: Schema.String,
  to: nullable(Schema.String),
  event: Schema.String,
  guard: nullable(Schema.String),
  label: Schema.String,
  description: nullable(Schema.String),
});
export const MachineView = Schema.Struct({
  id: Schema.String,
  version: Schema.String,
  states: Schema.Array(StateNodeView),
  transitions: Schema.Array(TransitionView),
  /** How many actors are in each leaf state now. */
  counts: Schema.Record(Schema.String, Schema.Int),
});
export type MachineView = typeof MachineView.Type;
/** How good a product's card is, 0 to 100, and what would make it better, the costliest first (domain 21.3). */
export const CardScoreView = Schema.Struct({
  score: Schema.Int,
  reasons: Schema.Array(Schema.Struct({ code: Schema.String, points: Schema.Int, advice: Schema.String })),
});
export type CardScoreView = typeof CardScoreView.Type;

export const ProductView = Schema.Struct({
  sku: Schema.String,
  name: Schema.String,
  nameAr: nullable(Schema.String),
  description: nullable(Schema.String),
  category: nullable(Schema.String),
  price: nullable(Money),
  stock: nullable(Schema.Int),
  unit: nullable(Schema.String),
  active: Schema.Boolean,
  imageUrl: nullable(Schema.String),
  /** Null until the item is synced. */
  cardScore: nullable(CardScoreView),
  updatedAt: Time,
});
export type ProductView = typeof ProductView.Type;
export const ProductHit = Schema.Struct({ ...ProductView.fields, ...hitFields });

export const ArticleView = Schema.Struct({
  id: Schema.String,
  kind: Schema.Literals(['faq', 'rule', 'value']),
  title: Schema.String,
  body: Schema.String,
  language: Language,
  updatedAt: Time,
});

export const ArticleHit = Schema.Struct({ ...ArticleView.fields, score: Schema.Number });

export const DeadLetterView = Schema.Struct({
  id: Schema.String,
  kind: Schema.Literals(['event', 'command', 'payload']),
  conversationId: nullable(Schema.String),
  name: Schema.String,
  reason: Schema.String,
  attempts: Schema.Int,
  parkedAt: Time,
});

export const SessionView = Schema.Struct({
  email: Schema.String,
  name: Schema.String,
  role: Schema.Literals(['viewer', 'manager', 'admin']),
  /** Sent back as `X-CSRF-Token` with each change. */
  csrfToken: Schema.String,
  /** True when the phone simulator is there. */
  sandbox: Schema.Boolean,
  version: Schema.String,
});
export type SessionView = typeof SessionView.Type;

/** A list with a cursor (contract 3). */
export const listOf = <S extends Schema.Top>(item: S) =>
  Schema.Struct({ items: Schema.Array(item), next: nullable(Schema.String) });

/** Live type `typing`: the whole text so far. With `done`, empty when nothing of it will be said. */
export interface TypingView {
  readonly text: string;
  readonly done: boolean;
}

/** What the live socket sends (contract 3.3). */
export type LiveFrame =
  | {
      topic: string;
      type: 'snapshot';
      seq: number;
      data: ConversationDetail | readonly ConversationSummary[];
    }
  | { topic: string; type: 'transition'; seq: number; data: JournalView | ConversationSummary }
  | { topic: string; type: 'message'; seq: number; data: MessageView }
  | {
      topic: string;
      type: 'presence';
      seq: number;
      data: { viewers: readonly string[]; writing: readonly string[] };
    }
  /** What the model is writing: unchecked, kept nowhere; `done` ends it. Only from the replica that asks the model. */
  | { topic: string; type: 'typing'; seq: number; data: TypingView }
  | { topic: string; type: 'metrics'; seq: number; data: Readonly<Record<string, number>> }
  /** Topic `catalog`: where the newest run is. */
  | { topic: string; type: 'sync'; seq: number; data: SyncRunView }
  | { topic: string; type: 'gap'; seq: number; data: { expected: number } };

/** `GET /inventory/stock?sku=`. */
export const StockView = Schema.Struct({
  sku: Schema.String,
  name: Schema.String,
  price: nullable(Money),
  available: nullable(Schema.Int),
  /** When the vendor was asked. */
  at: Time,
});
export type StockView = typeof StockView.Type;

/** `GET /crm/contacts?phone=`. */
export const ContactView = Schema.Struct({
  id: Schema.String,
  name: nullable(Schema.String),
  company: nullable(Schema.String),
  phone: nullable(Schema.String),
  email: nullable(Schema.String),
  segment: nullable(Schema.String),
});
export type ContactView = typeof ContactView.Type;

export type ArticleView = typeof ArticleView.Type;
export type ProductHit = typeof ProductHit.Type;
export type ArticleHit = typeof ArticleHit.Type;
export type DeadLetterView = typeof DeadLetterView.Type;

/** `GET /health`; `components` only for those who are signed in. */
export const HealthView = Schema.Struct({
  status: Schema.Literals(['ok', 'degraded']),
  version: Schema.optionalKey(Schema.String),
  components: Schema.optionalKey(
    Schema.Record(
      Schema.String,
      Schema.Struct({
        status: Schema.Literals(['ok', 'degraded', 'down']),
        detail: Schema.optionalKey(
          Schema.Record(
            Schema.String,
            Schema.Union([Schema.String, Schema.Number, Schema.Boolean, Schema.Null]),
          ),
        ),
      }),
    ),
  ),
});
export type HealthView = typeof HealthView.Type;

/** `POST /live/token`: a ticket for one connection. */
export const LiveTokenView = Schema.Struct({ token: Schema.String, expiresAt: Time });

/** `GET /admin/audit`. */
export const AuditView = Schema.Struct({
  id: Schema.String,
  at: Time,
  actor: Schema.String,
  action: Schema.String,
  target: Schema.String,
  before: Schema.Unknown,
  after: Schema.Unknown,
});
export type AuditView = typeof AuditView.Type;

/** `GET /admin/settings/history`. */
export const SettingsChangeView = Schema.Struct({
  id: Schema.String,
  at: Time,
  actor: Schema.String,
  patch: Schema.Unknown,
});
export type SettingsChangeView = typeof SettingsChangeView.Type;

/** Answers of the live socket that are about the connection and not about a topic's content. */
export type LiveNotice =
  | { topic: string; type: 'error'; error: { code: string; message: string } }
  | { type: 'pong'; pong: number };

/** The phone simulator's topic `phone:<chatId>`: the whole (bounded) chat after each change. */
export type PhoneFrame = { topic: string; type: 'snapshot'; seq: number; data: readonly object[] };

export { ChannelView, TemplateView } from './channel-schemas.ts';
export { ConversationCounts } from './counts-schema.ts';
export { MetricsView } from './metrics-schemas.ts';
export { ModelCallView, SpendLine, SpendView } from './spend-schemas.ts';
