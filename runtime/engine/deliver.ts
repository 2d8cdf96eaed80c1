/**
 * Events become durable by group commit: calls that arrive while one insert runs share the next (at most
 * `deliverBatchEvents`, no artificial wait). A call resolves after the commit that holds all its events (G1).
 */
import type { Context } from './context.ts';
import { codeOf, EngineBusy, InvalidEvent } from './errors.ts';
import type { HostedKind } from './host.ts';
import { encodeJson } from './json.ts';
import { insertEvents, type MailboxRow } from './store/insert-events.ts';
import type { Delivered, MailboxEvent } from './types.ts';

interface Call {
  readonly rows: readonly MailboxRow[];
  /** For each row, its place in the caller's list. */
  readonly places: readonly number[];
  readonly resolve: (answer: readonly Delivered[]) => void;
  readonly reject: (error: unknown) => void;
}

export interface Deliverer {
  readonly deliver: (events: readonly MailboxEvent[]) => Promise<readonly Delivered[]>;
  /** Takes nothing more; resolves when all that was taken is durable or refused. */
  readonly stop: () => Promise<void>;
}

/** `onDurable` hears of each actor that got something new, after the commit. */
export const makeDeliverer = (
  context: Context,
  onDurable: (actorIds: readonly string[]) => void,
): Deliverer => new GroupCommit(context, onDurable);

/** Two inserts of the same events in another order may deadlock; the one that was stopped goes again. */
const DEADLOCK_RETRIES = 5;

class GroupCommit implements Deliverer {
  private readonly context: Context;
  private readonly onDurable: (actorIds: readonly string[]) => void;
  private readonly calls: Call[] = [];
  private waiting = 0;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(context: Context, onDurable: (actorIds: readonly string[]) => void) {
    this.context = context;
    this.onDurable = onDurable;
  }

  readonly deliver = (events: readonly MailboxEvent[]): Promise<readonly Delivered[]> => {
    try {
      const call = this.accept(events);
      if (events.length === 0) return Promise.resolve([]);
      return new Promise((resolve, reject) => {
        this.calls.push({ ...call, resolve, reject });
        this.waiting += events.length;
        this.running ??= this.drain();
      });
    } catch (error) {
      return Promise.reject(error);
    }
  };

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private accept(events: readonly MailboxEvent[]): Pick<Call, 'rows' | 'places'> {
    const { limits, host } = this.context;
    if (this.stopped) throw busy('The engine is stopping: send it again to another replica.');
    if (this.waiting + events.length > limits.deliverBacklogEvents && this.waiting > 0) {
      throw busy('Too many events wait for the database: send it again shortly.');
    }
    const rows = events.map((event) => checked(event, limits, host.get(event.kind)));
    const places = rows.map((_, place) => place);
    // Sorted by actor, so that two inserts of several actors take them in one order; within an actor by provider time.
    places.sort((a, b) => compareRows(rows[a], rows[b]) || a - b);
    return { rows: places.flatMap((place) => rows[place] ?? []), places };
  }

  private async drain(): Promise<void> {
    // Calls of this turn of the event loop share the first insert.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.calls.length > 0) {
      const batch = this.nextBatch();
      try {
        await this.insert(batch);
      } catch (error) {
        for (const call of batch) call.reject(unavailable(error));
      }
    }
    this.running = null;
  }

  private nextBatch(): readonly Call[] {
    const batch: Call[] = [];
    let size = 0;
    for (const call of this.calls) {
      if (batch.length > 0 && size + call.rows.length > this.context.limits.deliverBatchEvents) break;
      batch.push(call);
      size += call.rows.length;
    }
    this.calls.splice(0, batch.length);
    this.waiting -= size;
    return batch;
  }

  private async insert(batch: readonly Call[]): Promise<void> {
    const rows = batch.flatMap((call, order) => call.rows.map((row) => ({ row, order })));
    rows.sort((a, b) => compareText(a.row.actorId, b.row.actorId) || a.order - b.order);
    await this.context.trigger('deliver.before-commit');
    const inserted = await this.insertRetrying(rows.map(({ row }) => row));
    await this.context.trigger('deliver.after-commit');
    const fresh = new Set(inserted.map(({ actorId, eventId }) => `${actorId}\n${eventId}`));
    this.onDurable([...new Set(inserted.map(({ actorId }) => actorId))]);
    for (const call of batch) call.resolve(answer(call, fresh));
  }

  private async insertRetrying(rows: readonly MailboxRow[]) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await insertEvents(this.context.db.pool, rows, this.context.clock.now());
      } catch (error) {
        if (codeOf(error) !== '40P01' || attempt >= DEADLOCK_RETRIES) throw error;
      }
    }
  }
}

/** A key counts as accepted once; `fresh` loses what was answered. */
const answer = (call: Call, fresh: Set<string>): readonly Delivered[] => {
  const delivered = new Array<Delivered>(call.rows.length).fill('duplicate');
  call.rows.forEach((row, i) => {
    const place = call.places[i];
    if (place !== undefined && fresh.delete(`${row.actorId}\n${row.eventId}`)) delivered[place] = 'accepted';
  });
  return delivered;
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareRows = (a: MailboxRow | undefined, b: MailboxRow | undefined): number =>
  a && b ? compareText(a.actorId, b.actorId) || a.sentAt - b.sentAt : 0;

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these separate columns (columns.ts).
const CONTROL = /[\x00-\x1f\x7f]/;

const checked = (
  event: MailboxEvent,
  limits: Context['limits'],
  hosted: HostedKind | undefined,
): MailboxRow => {
  const { actorId, eventId, kind, cause, sentAt } = event;
  if (!hosted) throw invalid(`there is no kind of actor called ${kind}`);
  for (const [name, id] of Object.entries({ actorId, eventId })) {
    if (id === '' || id.length > limits.idChars || CONTROL.test(id) || !id.isWellFormed()) {
      throw invalid(`${name} must have 1 to ${limits.idChars} characters, none of them a control character`);
    }
  }
  const { type } = event.body;
  if (typeof type !== 'string' || type === '' || type === '*' || type.startsWith('xstate.')) {
    throw invalid('its type must be a name of your own, neither * nor xstate.*');
  }
  if (!Number.isSafeInteger(sentAt)) throw invalid('sentAt must be whole milliseconds since the epoch');
  const body = encodeJson(event.body);
  if (body.length > limits.eventBodyChars)
    throw invalid(`its body exceeds ${limits.eventBodyChars} characters`);
  return { actorId, eventId, kind, cause, sentAt, body };
};

const invalid = (why: string): InvalidEvent =>
  new InvalidEvent({ message: `An event was refused: ${why}.`, retryable: false });

/** How long a caller should wait before it comes back, ms. */
const RETRY_AFTER_MS = 1000;

const busy = (message: string): EngineBusy =>
  new EngineBusy({ message, retryable: true, retryAfterMs: RETRY_AFTER_MS });

/** Whatever kept the insert from committing, the events are not ours: the sender keeps them and comes again. */
const unavailable = (error: unknown): EngineBusy =>
  new EngineBusy({
    message: `The database did not take the events (${codeOf(error) ?? 'no answer'}): send them again.`,
    retryable: true,
    retryAfterMs: RETRY_AFTER_MS,
  });
