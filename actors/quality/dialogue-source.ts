/** The dialogue as reviews need it. The runtime reads it from its tables. */
import { Context, type Effect } from 'effect';
import type { DialogueLine } from '../../machines/quality/transcript.ts';
import type { ReviewTask } from '../../machines/review/machine.ts';
import type { ReviewFacts } from '../../machines/review/result.ts';
import type { PersonalData } from '../../machines/summaries/scrub.ts';
import type { DatabaseError } from '../catalog/database.ts';

export class DialogueSource extends Context.Service<
  DialogueSource,
  {
    /** What was said until then (ms since the epoch), oldest first; notes and deleted messages left out. */
    readonly transcript: (
      conversationId: string,
      until: number,
    ) => Effect.Effect<readonly DialogueLine[], DatabaseError>;
    /** What tells who the customer is. */
    readonly personal: (conversationId: string) => Effect.Effect<PersonalData, DatabaseError>;
    /** What happened in it, as programs recorded it. */
    readonly facts: (task: ReviewTask) => Effect.Effect<ReviewFacts, DatabaseError>;
  }
>()('treejar/actors/DialogueSource') {}
