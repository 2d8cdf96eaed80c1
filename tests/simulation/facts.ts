/** What a run leaves behind, wherever it ran: in memory, or in Postgres under chaos. The checks read nothing else. */
import type { JournalRow } from '../../runtime/engine/types.ts';

export interface Facts {
  /** Time of the last look, ms. */
  readonly now: number;
  /** Every acknowledged event. */
  readonly acked: readonly { readonly actorId: string; readonly eventId: string }[];
  /** By actor, oldest first. */
  readonly journal: ReadonlyMap<string, readonly JournalRow[]>;
  readonly actors: ReadonlyMap<string, { readonly version: number; readonly snapshot: string | null }>;
  /** By actor, in the order of their places. */
  readonly mailbox: ReadonlyMap<
    string,
    readonly {
      readonly eventId: string;
      readonly pos: number;
      readonly appliedSeq: number | null;
      readonly parked: boolean;
    }[]
  >;
  readonly outbox: ReadonlyMap<string, { readonly commandId: string; readonly status: string }>;
  /** By actor and timer id. */
  readonly timers: ReadonlyMap<string, ReadonlyMap<string, { readonly armedSeq: number }>>;
  /** Attempts that left for the outside; `journalRows`: rows of the actor when it was claimed, null when unknown. */
  readonly runs: readonly {
    readonly commandId: string;
    readonly actorId: string;
    readonly journalRows: number | null;
  }[];
}
