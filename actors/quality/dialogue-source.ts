/** The dialogue as reviews need it. The runtime reads it from its tables. */
import { Context, type Effect } from 'effect';
import type { DialogueFacts } from '../../machines/quality/applicability.ts';
import type { PersonalData } from '../../machines/summaries/scrub.ts';
import type { TranscriptLine } from '../../machines/summaries/summary-prompt.ts';
import type { DatabaseError } from '../catalog/database.ts';

export class DialogueSource extends Context.Service<
  DialogueSource,
  {
    /** What was said until then (ms since the epoch), oldest first; notes and deleted messages left out. */
    readonly transcript: (
      conversationId: string,
      until: number,
    ) => Effect.Effect<readonly TranscriptLine[], DatabaseError>;
    /** What tells who the customer is. */
    readonly personal: (conversationId: string) => Effect.Effect<PersonalData, DatabaseError>;
    /** What happened in it, as programs recorded it. */
    readonly facts: (conversationId: string, until: number) => Effect.Effect<DialogueFacts, DatabaseError>;
  }
>()('treejar/actors/DialogueSource') {}
