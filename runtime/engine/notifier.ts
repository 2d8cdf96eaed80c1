/**
 * Tells the other replicas: LISTEN/NOTIFY with small coalesced messages, sent after the commit on their own. Losing one
 * costs a poll's delay, never an event: everything said here is in the tables too.
 */
import type { Context } from './context.ts';
import { faultOf } from './errors.ts';

export const CHANNEL = 'treejar_engine';

export interface Head {
  readonly actorId: string;
  readonly seq: number;
}

/** One message on the channel. */
export interface Notice {
  /** The incarnation that sent it: replicas ignore their own. */
  readonly from: string;
  /** Actors with new events. */
  readonly work?: readonly string[];
  /** Committed heads. */
  readonly heads?: readonly (readonly [actorId: string, seq: number])[];
  /** Commands that were cancelled while another replica may run them. */
  readonly cancel?: readonly string[];
  /** There are commands for anyone. */
  readonly commands?: boolean;
  /** Actors that were erased: what is kept of them in memory is void. */
  readonly erased?: readonly string[];
}

export interface Notifier {
  readonly work: (actorIds: readonly string[]) => void;
  readonly heads: (heads: readonly Head[]) => void;
  readonly cancel: (commandIds: readonly string[]) => void;
  readonly commands: () => void;
  /** Sends what is gathered and resolves. */
  readonly stop: () => Promise<void>;
}

/**
 * A faster way to the other replicas, which may lose anything at any moment: heads take it as well, and their NOTIFY is
 * gathered for longer then. So a relay that is cut costs those who watch up to `notifyRelayedMs`, and nothing else.
 */
export interface Relay {
  /** Whether what is published now has a chance to arrive. */
  readonly isUp: () => boolean;
  readonly publish: (payload: string) => void;
  /** Hears all replicas' payloads, our own too; returns the end. */
  readonly subscribe: (hear: (payload: string) => void) => () => void;
}

export const startNotifier = (context: Context, relay: Relay | null = null): Notifier =>
  new Gatherer(context, relay);

class Gatherer implements Notifier {
  private readonly context: Context;
  private readonly workIds = new Set<string>();
  private readonly relay: Relay | null;
  private headOf = new Map<string, number>();
  /** Went by the relay already. */
  private relayedHeadOf = new Map<string, number>();
  private readonly cancelIds = new Set<string>();
  private anyCommands = false;
  private timer: NodeJS.Timeout | null = null;
  private relayedTimer: NodeJS.Timeout | null = null;
  private sending: Promise<void> = Promise.resolve();

  constructor(context: Context, relay: Relay | null) {
    this.context = context;
    this.relay = relay;
  }

  work(actorIds: readonly string[]): void {
    for (const id of actorIds) if (this.fits(this.workIds.size)) this.workIds.add(id);
    this.soon();
  }

  /** The latest seq of an actor stands for those before it. */
  heads(heads: readonly Head[]): void {
    for (const { actorId, seq } of heads) {
      if (this.fits(this.headOf.size) || this.headOf.has(actorId)) this.headOf.set(actorId, seq);
    }
    this.soon();
  }

  cancel(commandIds: readonly string[]): void {
    for (const id of commandIds) if (this.fits(this.cancelIds.size)) this.cancelIds.add(id);
    this.soon();
  }

  commands(): void {
    this.anyCommands = true;
    this.soon();
  }

  async stop(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    if (this.relayedTimer) clearTimeout(this.relayedTimer);
    this.flush();
    this.flushRelayed();
    await this.sending;
  }

  private fits(size: number): boolean {
    return size < this.context.limits.notifyBacklog;
  }

  private soon(): void {
    this.timer ??= setTimeout(() => this.flush(), this.context.limits.notifyWaitMs);
  }

  private flush(): void {
    this.timer = null;
    if (this.relay?.isUp() && this.headOf.size > 0) this.relayHeads(this.relay);
    const payloads = this.payloads();
    this.workIds.clear();
    this.headOf.clear();
    this.cancelIds.clear();
    this.anyCommands = false;
    this.post(payloads);
  }

  private relayHeads(relay: Relay): void {
    for (const payload of this.headPayloads(this.headOf)) relay.publish(payload);
    for (const [actorId, seq] of this.headOf) {
      if (this.fits(this.relayedHeadOf.size) || this.relayedHeadOf.has(actorId))
        this.relayedHeadOf.set(actorId, seq);
    }
    this.headOf = new Map();
    this.relayedTimer ??= setTimeout(() => this.flushRelayed(), this.context.limits.notifyRelayedMs);
  }

  private flushRelayed(): void {
    this.relayedTimer = null;
    const heads = this.relayedHeadOf;
    this.relayedHeadOf = new Map();
    this.post(this.headPayloads(heads));
  }

  private post(payloads: readonly string[]): void {
    if (payloads.length > 0) this.sending = this.sending.then(() => this.send(payloads));
  }

  private async send(payloads: readonly string[]): Promise<void> {
    try {
      await this.context.db.pool.query({
        name: 'notify',
        text: `select pg_notify('${CHANNEL}', payload) from unnest($1::text[]) as payload`,
        values: [payloads],
      });
    } catch (error) {
      this.context.log.warn(
        { error: faultOf(error) },
        'other replicas could not be notified; their polls will find the work',
      );
    }
  }

  private payloads(): readonly string[] {
    const from = this.context.incarnation;
    const { notifyBytes } = this.context.limits;
    return [
      ...pack(from, 'work', [...this.workIds], notifyBytes),
      ...this.headPayloads(this.headOf),
      ...pack(from, 'cancel', [...this.cancelIds], notifyBytes),
      ...(this.anyCommands ? [JSON.stringify({ from, commands: true } satisfies Notice)] : []),
    ];
  }

  private headPayloads(heads: ReadonlyMap<string, number>): readonly string[] {
    return pack(this.context.incarnation, 'heads', [...heads], this.context.limits.notifyBytes);
  }
}

/** Splits a list into payloads below the size that PostgreSQL takes. */
export const pack = (
  from: string,
  field: string,
  items: readonly unknown[],
  maxBytes: number,
): readonly string[] => {
  const payloads: string[] = [];
  const frame = Buffer.byteLength(JSON.stringify({ from, [field]: [] }));
  let page: unknown[] = [];
  let size = frame;
  const close = (): void => {
    if (page.length > 0) payloads.push(JSON.stringify({ from, [field]: page }));
    page = [];
    size = frame;
  };
  for (const item of items) {
    const bytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (size + bytes > maxBytes) close();
    page.push(item);
    size += bytes;
  }
  close();
  return payloads;
};
