/** What a manager can do to a conversation. Each shows its result at once where that is safe, and takes it back if not. */
import type { Api } from '../api/endpoints.ts';
import type { Conversation } from '../api/types.ts';
import { serverNow } from '../lib/clock.ts';
import { randomId } from '../lib/random-id.ts';
import { headOf } from '../stores/conversation-store.ts';
import type { Outgoing, TemplateUse } from '../stores/messages.ts';
import type { OpenConversation } from './open-conversation.ts';

export interface Writing {
  /** One that failed, repeated under its own key, so that it cannot be written twice. */
  readonly again?: Outgoing;
  readonly template?: TemplateUse;
}

export interface Actions {
  /** `returnInMs`: after how much silence of the person the chat is offered back; absent: as the setting says. */
  readonly takeOver: (returnInMs?: number) => Promise<void>;
  readonly giveBack: (note: string) => Promise<void>;
  readonly close: () => Promise<void>;
  readonly pause: (reason: string) => Promise<void>;
  readonly resume: () => Promise<void>;
  /** Sends a reply, a template or a note. */
  readonly write: (kind: Outgoing['kind'], text: string, how?: Writing) => Promise<void>;
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

  const deliver = ({ kind, text, template, key }: Outgoing): Promise<Conversation> => {
    if (template !== undefined) return api.conversations.template(id, template, key);
    return kind === 'note' ? api.conversations.note(id, text, key) : api.conversations.reply(id, text, key);
  };

  const change = async (ask: (key: string) => Promise<Conversation>): Promise<void> => {
    try {
      store.trigger.detailLoaded({ detail: await ask(randomId()) });
    } catch (error) {
      onTrouble(error);
    }
  };

  const send = async (item: Outgoing): Promise<void> => {
    store.trigger.sending({ item });
    try {
      store.trigger.detailLoaded({ detail: await deliver(item) });
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
    takeOver: (returnInMs) => claim('manager', (key) => api.conversations.takeOver(id, key, returnInMs)),
    giveBack: (note) => claim('bot', (key) => api.conversations.release(id, note.trim(), key)),
    close: () => change((key) => api.conversations.close(id, key)),
    pause: (reason) => change((key) => api.conversations.pause(id, reason.trim(), key)),
    resume: () => change((key) => api.conversations.resume(id, key)),
    write: (kind, text, { again, template = again?.template } = {}) =>
      send({
        key: again?.key ?? randomId(),
        kind,
        text,
        ...(template === undefined ? {} : { template }),
        at: again?.at ?? new Date(serverNow()).toISOString(),
        state: 'sending',
        error: null,
        after: again?.after ?? headOf(store.getSnapshot().context),
      }),
  };
};
