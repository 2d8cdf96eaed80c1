/** Begins a replay: at once with the rows that are here, then with all that the page keeps. */
import { trouble } from '../app/services.ts';
import type { OpenConversation } from './open-conversation.ts';

export const startReplay = async (open: OpenConversation): Promise<void> => {
  open.store.trigger.replayed({});
  await open.loadHistory().catch(trouble);
};
