import type { ConversationContext } from '../context.ts';

/** The parts of the context that a fact changes. */
export type Update = Partial<ConversationContext>;
