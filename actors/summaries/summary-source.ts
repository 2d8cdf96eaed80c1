/** The conversations as summaries need them. The runtime reads them from its tables. */
import { Context, type Effect } from 'effect';
import type { PersonalData } from '../../machines/summaries/scrub.ts';
import type { TranscriptLine } from '../../machines/summaries/summary-prompt.ts';
import type { DatabaseError } from '../catalog/database.ts';
import type { QuietCursor } from './summary-table.ts';

export interface QuietConversation {
  readonly conversationId: string;
  /** Of the journal. */
  readonly seq: number;
  /** When anybody last wrote in it, ms since the epoch. */
  readonly lastAt: number;
}

export class SummarySource extends Context.Service<
  SummarySource,
  {
    /** Conversations silent since `until` at the latest, in the order in which they fell silent. */
    readonly quiet: (
      after: QuietCursor,
      until: number,
      limit: number,
    ) => Effect.Effect<readonly QuietConversation[], DatabaseError>;
    /** What was said after `since`, oldest first, notes and deleted messages left out: the newest lines of it. */
    readonly transcript: (
      conversationId: string,
      since: number,
      limit: number,
    ) => Effect.Effect<readonly TranscriptLine[], DatabaseError>;
    /** What tells who the customer is. */
    readonly personal: (conversationId: string) => Effect.Effect<PersonalData, DatabaseError>;
  }
>()('treejar/actors/SummarySource') {}
