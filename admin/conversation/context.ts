/** The open conversation for the components inside its page. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { useStore } from '../lib/use-store.ts';
import type { ConversationContext } from '../stores/conversation-store.ts';
import type { Actions } from './actions.ts';
import type { OpenConversation } from './open-conversation.ts';

export interface Opened {
  readonly open: OpenConversation;
  readonly actions: Actions;
}

const OpenedContext = createContext<Opened | null>(null);
export const OpenedProvider = OpenedContext.Provider;

export const useOpened = (): Opened => {
  const opened = useContext(OpenedContext);
  if (opened === null) throw new Error('a part of the conversation page was rendered outside of it');
  return opened;
};

/** Reads the conversation's store. */
export const useConversation = <T>(
  select: (context: ConversationContext) => T,
  same?: (left: T, right: T) => boolean,
): T => useStore(useOpened().open.store, select, same);

/** Who speaks, counting what was clicked and is not confirmed yet. */
export const ownerOf = ({ claimed, detail }: ConversationContext) => claimed ?? detail?.owner ?? 'bot';

/** May this event be sent now? The buttons are exactly what the statechart accepts. */
export const allows =
  (event: string) =>
  ({ detail }: ConversationContext): boolean =>
    detail?.allowedEvents.includes(event) === true;
