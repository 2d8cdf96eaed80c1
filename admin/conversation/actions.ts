/** What a manager can do to a conversation. Each shows its result at once where that is safe, and takes it back if not. */
import type { Api } from '../api/endpoints.ts';
import type { Conversation } from '../api/types.ts';
import { serverNow } from '../lib/clock.ts';
import { randomId } from '../lib/random-id.ts';
import { headOf } from '../stores/conversation-store.ts';
import type { Outgoing } from '../stores/messages.ts';
import type { OpenConversation } from './open-conversation.ts';

export interface Actions {
  readonly takeOver: () => Promise<void>;
  readonly giveBack: (note: string) => Promise<void>;
  readonly close: () => Promise<void>;
  /** Sends a reply or a note; `again` repeats one that failed under its own key, so that it cannot be written twice. */
  readonly write: (kind: Outgoing['kind'], text: string, again?: Outgoing) => Promise<void>;
}

export interface ActionDeps {
  readonly api: Api;
  readonly onTrouble: (error: unknown) => void;
  readonly messageOf: (error: unknown) => string;
}

export const makeActions = (open: OpenConversation, { api, onTrouble, messageOf }: ActionDeps): Actions => {
  const { store } = open;
  const { id } = store.getSnapshot().context;

  const claim = async (
    owner: 'manager' | 'bot',
    ask: (key: string) => Promise<Conversation>,
  ): Promise<void> => {
    store.trigger.claimed({ owner });
    try {
      store.trigger.detailLoaded({ detail: await ask(randomId()) });
    } catch (error) {
      onTrouble(error);
      await open.refresh();
    } finally {
      store.trigger.claimed({ owner: null });
    }
  };

  const send = async (item: Outgoing): Promise<void> => {
    store.trigger.sending({ item });
    try {
      const ask = item.kind === 'note' ? api.conversations.note : api.conversations.reply;
      store.trigger.detailLoaded({ detail: await ask(id, item.text, item.key) });
    } catch (error) {
      store.trigger.sendFailed({ key: item.key, error: messageOf(error) });
      return;
    }
    try {
      await open.refreshMessages();
      // The server has it: from here on its own message is the truth.
      store.trigger.sendDropped({ key: item.key });
    } catch (error) {
      onTrouble(error);
    }
  };

  return {
    takeOver: () => claim('manager', (key) => api.conversations.takeOver(id, key)),
    giveBack: (note) => claim('bot', (key) => api.conversations.release(id, note.trim(), key)),
    close: async () => {
      try {
        store.trigger.detailLoaded({ detail: await api.conversations.close(id, randomId()) });
      } catch (error) {
        onTrouble(error);
      }
    },
    write: (kind, text, again) =>
      send({
        key: again?.key ?? randomId(),
        kind,
        text,
        at: again?.at ?? new Date(serverNow()).toISOString(),
        state: 'sending',
        error: null,
        after: again?.after ?? headOf(store.getSnapshot().context),
      }),
  };
};
