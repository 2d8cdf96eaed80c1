/** The transcript as data: messages by id, revisions by the sequence number they came with. */
import type { Message } from '../api/types.ts';

/** Messages kept; beyond it the oldest go and come back by "load earlier" (G10). */
export const MAX_MESSAGES = 2000;

export interface Revised {
  readonly message: Message;
  /** The journal's head when this form of the message was read. */
  readonly rev: number;
}

/** Between two forms of one age the one that is further on its way wins (domain 4.11: a status only moves forward). */
const PROGRESS: Readonly<Record<Message['status'], number>> = {
  received: 0,
  queued: 1,
  sent: 2,
  delivered: 3,
  read: 4,
  failed: 5,
  dropped: 5,
};

const isNewer = (known: Revised, next: Revised): boolean => {
  if (next.rev !== known.rev) return next.rev > known.rev;
  return PROGRESS[next.message.status] > PROGRESS[known.message.status];
};

const order = (left: Revised, right: Revised): number => {
  const time = Date.parse(left.message.at) - Date.parse(right.message.at);
  if (time !== 0) return time;
  const seq = left.message.seq - right.message.seq;
  if (seq !== 0) return seq;
  return left.message.id < right.message.id ? -1 : left.message.id > right.message.id ? 1 : 0;
};

/** Adds or renews messages; arrival order does not change the result. */
export const mergeMessages = (
  known: readonly Revised[],
  incoming: readonly Message[],
  rev: number,
): readonly Revised[] => {
  const byId = new Map(known.map((item) => [item.message.id, item]));
  let changed = false;
  for (const message of incoming) {
    const next: Revised = { message, rev };
    const old = byId.get(message.id);
    if (old !== undefined && !isNewer(old, next)) continue;
    byId.set(message.id, next);
    changed = true;
  }
  return changed ? [...byId.values()].sort(order).slice(-MAX_MESSAGES) : known;
};

/** A reply on its way to the server: shown at once, replaced by the server's message, kept when it fails. */
/** An approved template with its values, in the order of its blanks. */
export interface TemplateUse {
  readonly id: string;
  readonly values: readonly string[];
}

export interface Outgoing {
  /** Sent as the idempotency key: trying again cannot write twice. */
  readonly key: string;
  readonly kind: 'manager' | 'note';
  readonly text: string;
  /** Sent as a template; `text` is how it reads. */
  readonly template?: TemplateUse;
  readonly at: string;
  readonly state: 'sending' | 'failed';
  readonly error: string | null;
  /** The journal's head when it was written: its own message comes after. */
  readonly after: number;
}

/** Drops those that have arrived as messages of the server; each message stands for one of them. */
export const withoutArrived = (
  outgoing: readonly Outgoing[],
  messages: readonly Revised[],
): readonly Outgoing[] => {
  if (outgoing.length === 0) return outgoing;
  const unused = messages.map((item) => item.message);
  return outgoing.filter((item) => {
    const found = unused.findIndex(
      (message) => message.from === item.kind && message.seq > item.after && message.text === item.text,
    );
    if (found === -1) return true;
    unused.splice(found, 1);
    return false;
  });
};
