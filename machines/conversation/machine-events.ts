/** Every event the machine takes: facts from outside, results of sends, and what one region raises for another. */
import type { BriefOutput, SendOutput } from './actors.ts';
import type { ConversationEvent } from './events.ts';
import type { OutreachInternalEvent } from './outreach-events.ts';

/** Results of sends, whichever part of the statechart asked for them (`send.reply`, `send.holding`, …). */
type SendResult =
  | { readonly type: 'xstate.done.actor.send.message'; readonly output: SendOutput; readonly at?: number }
  | {
      readonly type: 'xstate.error.actor.send.message';
      readonly error: { readonly _tag: string; readonly message: string };
      readonly actorId?: string;
      readonly at?: number;
    };

/** Somebody should look at this conversation, or take it over (domain 8.2). */
interface HandOverAsked {
  readonly type: 'bot.handOver';
  /** Domain 8.1; 0: none of the eighteen. */
  readonly trigger: number;
  readonly summary: string;
  /** A concrete order, which a manager confirms or rejects (domain 8.6). */
  readonly about?: 'order';
  /** Whatever the trigger: a person continues now (an accepted quotation, domain 9.22). */
  readonly now?: true;
}

/** The conversation is the assistant's again, without anybody's click. */
interface OwnerReturned {
  readonly type: 'owner.returned';
}

/** The tools of this step have changed the order's lines, or may have. */
interface OrderSelected {
  readonly type: 'order.selected';
}

/** The customer has stopped writing for a moment: what the burst is about can be looked up meanwhile. */
interface LookAhead {
  readonly type: 'turn.lookAhead';
}

/** The look-up of what a turn should know; it may run while the burst is still gathering. */
type BriefResult =
  | { readonly type: 'xstate.done.actor.brief'; readonly output: BriefOutput; readonly at?: number }
  | { readonly type: 'xstate.error.actor.brief'; readonly error: unknown; readonly at?: number };

/** The sale goes on: what the tools, the customer's words or the order region made of it. */
type SaleEvent =
  /** The customer wants the quotation: consent is granted, and it is made as soon as nothing is missing. */
  | { readonly type: 'quote.requested' }
  | { readonly type: 'quote.declined' }
  | { readonly type: 'quote.deferred' }
  /** The customer has the paper. */
  | { readonly type: 'quote.sent' }
  | { readonly type: 'quote.accepted' }
  | { readonly type: 'quote.rejected'; readonly reason: 'refused' | 'no_response' | 'closed' }
  /** Too dear, or something should be changed: the order stays open (domain 9.22). */
  | { readonly type: 'quote.objected'; readonly about: 'price' | 'change' }
  /** A new request replaced a quoted order (lesson F-04). */
  | { readonly type: 'order.superseded' };

/** Nothing is left to do. */
interface BotClosed {
  readonly type: 'bot.closed';
}

/** Everything that a step of tool use changed has been told; always the last of a step. */
interface ToolsApplied {
  readonly type: 'tools.applied';
}

/**
 * Raised by one region, or by a tool, for others: within one step, never from outside. To add one, declare it here.
 */
export type InternalEvent =
  | HandOverAsked
  | LookAhead
  | OrderSelected
  | OwnerReturned
  | SaleEvent
  | BotClosed
  | ToolsApplied
  | OutreachInternalEvent;

/** Internal events take the time of the event that caused them. */
type Stamped<Event> = Event & { readonly at?: number };

export type MachineEvent = ConversationEvent | SendResult | BriefResult | Stamped<InternalEvent>;

/** The host puts the time into every event; a missing one is a bug of the caller, not a moment in 1970. */
export const timeOf = (event: { readonly type: string; readonly at?: number }): number => {
  if (event.at === undefined) throw new Error(`The event ${event.type} has no time; the host must stamp it.`);
  return event.at;
};

/** The event as one of its kind; throws where the statechart sends another kind here. */
export const eventOf = <T extends MachineEvent['type']>(
  event: MachineEvent,
  type: T,
): Extract<MachineEvent, { type: T }> => {
  if (event.type !== type) throw new Error(`expected ${type}, got ${event.type}`);
  return event as Extract<MachineEvent, { type: T }>;
};

/** Results carry their output beside the declared fields; XState types them only inside `onDone`. */
export const outputOf = <Output>(event: unknown): Output => (event as { output: Output }).output;
