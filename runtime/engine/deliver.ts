/**
 * Takes calls of `deliver` apart into arrivals, one per event, and answers each call when all its arrivals are durable
 * (G1). Who makes them durable is the sink's business: the lanes of a worker, or the recorder of a replica without one.
 */
import { acceptEvent, busy } from './accept-event.ts';
import type { Context } from './context.ts';
import type { MailboxRow } from './store/insert-events.ts';
import type { Delivered, MailboxEvent } from './types.ts';

/** One event on its way to the database. Exactly one of `done` and `failed` is called, once. */
export interface Arrival {
  readonly row: MailboxRow;
  readonly done: (answer: Delivered) => void;
  readonly failed: (error: unknown) => void;
}

export type Sink = (arrivals: readonly Arrival[]) => void;

export interface Deliverer {
  readonly deliver: (events: readonly MailboxEvent[]) => Promise<readonly Delivered[]>;
  /** Takes nothing more; resolves when all that was taken is durable or refused. */
  readonly stop: () => Promise<void>;
}

/** The sink gets the arrivals of one call at once, sorted by actor and then by provider time. */
export const makeDeliverer = (context: Context, sink: Sink): Deliverer => new FrontDoor(context, sink);

class FrontDoor implements Deliverer {
  private readonly context: Context;
  private readonly sink: Sink;
  private waitingEvents = 0;
  private waitingChars = 0;
  private stopped = false;
  private readonly emptied = Promise.withResolvers<void>();

  constructor(context: Context, sink: Sink) {
    this.context = context;
    this.sink = sink;
  }

  readonly deliver = (events: readonly MailboxEvent[]): Promise<readonly Delivered[]> => {
    if (events.length === 0) return Promise.resolve([]);
    try {
      const rows = this.accept(events);
      return new Promise((resolve, reject) => this.sink(this.arrivalsOf(rows, resolve, reject)));
    } catch (error) {
      return Promise.reject(error);
    }
  };

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.waitingEvents > 0) await this.emptied.promise;
  }

  private accept(events: readonly MailboxEvent[]): readonly MailboxRow[] {
    const { deliverBacklogEvents, deliverBacklogChars } = this.context.limits;
    if (this.stopped) throw busy('The engine is stopping: send it again to another replica.');
    const full =
      this.waitingEvents + events.length > deliverBacklogEvents || this.waitingChars > deliverBacklogChars;
    if (full && this.waitingEvents > 0) {
      throw busy('Too many events wait for the database: send it again shortly.');
    }
    return events.map((event) => acceptEvent(event, this.context));
  }

  private arrivalsOf(
    rows: readonly MailboxRow[],
    resolve: (answers: readonly Delivered[]) => void,
    reject: (error: unknown) => void,
  ): readonly Arrival[] {
    const answers = new Array<Delivered>(rows.length).fill('duplicate');
    let left = rows.length;
    let fault: { readonly error: unknown } | null = null;
    const settle = (row: MailboxRow): void => {
      this.waitingEvents--;
      this.context.pressure.left(1);
      this.waitingChars -= row.body.length;
      if (--left > 0) return;
      if (fault) reject(fault.error);
      else resolve(answers);
      if (this.stopped && this.waitingEvents === 0) this.emptied.resolve();
    };
    const arrivals = rows.map((row, place): Arrival => {
      this.waitingEvents++;
      this.context.pressure.entered(1);
      this.waitingChars += row.body.length;
      return {
        row,
        done: (answer) => {
          answers[place] = answer;
          settle(row);
        },
        failed: (error) => {
          fault ??= { error };
          settle(row);
        },
      };
    });
    return arrivals.length === 1 ? arrivals : arrivals.sort(compareArrivals);
  }
}

/** Two inserts of several actors take them in one order; within an actor provider time decides. The sort is stable. */
const compareArrivals = ({ row: a }: Arrival, { row: b }: Arrival): number =>
  compareText(a.actorId, b.actorId) || a.sentAt - b.sentAt;

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
