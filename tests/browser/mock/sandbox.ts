/** The simulated phones of the mock: enough of the double for the admin's page. */
import type { SimChat, SimMessage } from '../../../adapters/wazzup/simulator.ts';

export interface MockPhones {
  readonly chats: () => readonly SimChat[];
  readonly chat: (chatId: string) => readonly SimMessage[];
  readonly add: (
    chatId: string,
    message: Pick<SimMessage, 'from' | 'text'> & Partial<SimMessage>,
    name?: string,
  ) => SimMessage;
  readonly read: (chatId: string) => void;
  /** Called after each change. */
  onChange: (chatId: string) => void;
}

export const makePhones = (): MockPhones => {
  const chats = new Map<string, SimMessage[]>();
  const names = new Map<string, string>();
  const phones: MockPhones = {
    chat: (chatId) => chats.get(chatId) ?? [],
    chats: () =>
      [...chats].map(([chatId, messages]) => ({
        chatId,
        name: names.get(chatId) ?? null,
        last: messages.at(-1) ?? null,
        unread: messages.filter((message) => message.from === 'business' && message.status !== 'read').length,
      })),
    add: (chatId, message, name) => {
      const messages = chats.get(chatId) ?? [];
      chats.set(chatId, messages);
      if (name !== undefined) names.set(chatId, name);
      const made: SimMessage = {
        id: `${chatId}-${messages.length + 1}`,
        kind: 'text',
        at: Date.now(),
        status: 'delivered',
        ...message,
      };
      messages.push(made);
      phones.onChange(chatId);
      return made;
    },
    read: (chatId) => {
      const messages = chats.get(chatId) ?? [];
      chats.set(
        chatId,
        messages.map((message) => (message.from === 'business' ? { ...message, status: 'read' } : message)),
      );
      phones.onChange(chatId);
    },
    onChange: () => {},
  };
  return phones;
};
