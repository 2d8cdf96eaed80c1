/** Shows managers what the model is writing. Unchecked, never stored, never logged; a service that may be absent. */
import { Context, type Effect } from 'effect';

export interface Preview {
  /** The next piece of the text. Never throws. */
  readonly add: (text: string) => void;
  readonly end: Effect.Effect<void>;
}

export class TypingPreview extends Context.Service<
  TypingPreview,
  { readonly open: (conversationId: string) => Effect.Effect<Preview> }
>()('treejar/actors/TypingPreview') {}
