/** What metrics are made of (domain 22): the record of one conversation, and the facts that are read out of it. Pure. */

/** Who caused something: every counted event says so. `job`: timers, schedules and the runtime itself. */
export type By = 'customer' | 'bot' | 'manager' | 'job';

/** A message that was really said: neither dropped nor failed, no note. Times: ms since the epoch. */
export interface Said {
  readonly from: 'customer' | 'bot' | 'manager';
  /** The manager's name, as it was recorded. */
  readonly author: string | null;
  readonly at: number;
  /** Articles that its words name, by article number. */
  readonly articles: readonly string[];
  /** "One moment": no answer. */
  readonly holding: boolean;
}

/** One journal row in which something that is counted may have happened. */
export interface Step {
  readonly at: number;
  /** As journaled: customer, manager, job, timer, result, system. */
  readonly cause: string;
  /** Type of the event. */
  readonly event: string;
  /** States of {@link WATCHED_STATES} that were entered. */
  readonly entered: readonly string[];
  /** Changes of the context at {@link WATCHED_PATHS}. */
  readonly changes: readonly { readonly path: string; readonly value?: unknown }[];
}

/** A printed quotation; `amount` is its grand total, decimal text. */
export interface Printed {
  readonly at: number;
  readonly amount: string;
}

/** A message that we wrote first (domain 17). */
export interface Touched {
  readonly kind: string;
  readonly step: number;
  readonly at: number;
}

export interface ConversationRecord {
  /** Oldest first. */
  readonly said: readonly Said[];
  readonly steps: readonly Step[];
  readonly quotes: readonly Printed[];
  readonly touches: readonly Touched[];
}

export const WATCHED_STATES = [
  'owner.bot',
  'owner.waiting',
  'owner.answering.sending',
  'owner.manager.active',
  'order.selecting.choosingVariant',
  'order.selecting.askingQuantity',
  'order.selecting.chosen',
  'order.detailing',
  'order.quoted.asked',
  'order.quoted.considering',
  'order.accepted',
  'order.paid',
  'order.delivered',
  'order.lost',
  'lifecycle.closed',
  'outreach.optedOut',
] as const;

/** Leaves that are followed; a change of anything above them counts as well. */
export const WATCHED_LEAVES = [
  '/context/language',
  '/context/customer/segment',
  '/context/owner/trigger',
  '/context/sale/quote/outcome',
  '/context/slots/need',
] as const;

/** The leaves with everything above them, the root included. */
export const WATCHED_PATHS: readonly string[] = [
  ...new Set(
    WATCHED_LEAVES.flatMap((leaf) => {
      const keys = leaf.split('/');
      return keys.map((_, length) => keys.slice(0, length + 1).join('/'));
    }),
  ),
];

/** A stretch of a conversation: it ends with seven days in which nobody wrote. */
export interface Dialogue {
  /** From 1, within its conversation. */
  readonly number: number;
  /** The customer's first message; without one there is no dialogue. */
  readonly startedAt: number;
  /** Who wrote first. */
  readonly startedBy: By;
  readonly lastAt: number;
  readonly language: string;
  /** As the CRM says; null: it does not. */
  readonly segment: string | null;
  readonly customerMessages: number;
  readonly botMessages: number;
  readonly managerMessages: number;
  /** From the customer's first message to our first answer, ms; null: none yet. */
  readonly firstAnswerMs: number | null;
  readonly firstAnswerBy: 'bot' | 'manager' | null;
  /** For each burst of the customer that the bot answered first: from the first message of it, ms. */
  readonly botReplyMs: readonly number[];
  readonly managerReplyMs: readonly number[];
  /** Goods were spoken of: an article was named, something was chosen, or a need was said. */
  readonly target: boolean;
  /** The bot said something. */
  readonly involved: boolean;
  /** A person was called, took over or wrote. */
  readonly person: boolean;
  readonly ended: boolean;
  /** Ended, answered by the bot, and without a person. */
  readonly alone: boolean;
  /** Seven days after the last message; null: too early to say. */
  readonly durable: boolean | null;
  /** The customer wrote again after it had ended. */
  readonly reopened: boolean;
}

export const HAPPENING_KINDS = [
  'hand_over',
  'take_over',
  'given_back',
  'person_answer',
  'person_part',
  'person_won',
  'quote',
  'sale',
  'person_sale',
  'delivered',
  'refusal',
  'opt_out',
  'touch',
  'touch_answered',
  'touch_sale',
  'return',
  'article',
] as const;
export type HappeningKind = (typeof HAPPENING_KINDS)[number];

/** Something that is counted where it happened. */
export interface Happening {
  readonly kind: HappeningKind;
  readonly at: number;
  readonly by: By;
  /** What it is grouped by: a trigger's number, a manager, an article, a reason. */
  readonly key: string;
  /** Ms or a number of messages, where there is one. */
  readonly value: number | null;
  /** Decimal text, where there is one. */
  readonly amount: string | null;
}
