/** The live socket of the mock, with the habits of the real one: replay from `since`, then every row in order. */
import type { LiveFrame, PhoneFrame, SyncRunView } from '../../../runtime/api/schemas.ts';
import type { MockPhones } from './sandbox.ts';
import type { MockSocket } from './websocket.ts';
import { type Applied, type MockConversation, summaryOf } from './world.ts';

/** The real stream sends this page first (runtime/live/list-feed.ts). */
const FIRST_PAGE = 50;

export interface MockLive {
  readonly add: (socket: MockSocket) => void;
  /** Tells subscribers of one applied step. */
  readonly publish: (conversation: MockConversation, applied: Applied) => void;
  readonly presence: (id: string, viewers: readonly string[], writing: readonly string[]) => void;
  /** The model writes; the empty text ends it. */
  readonly typing: (id: string, text: string) => void;
  /** Where the catalog's run is now; told to whoever follows it, and to whoever comes later. */
  readonly sync: (run: SyncRunView) => void;
  /** Breaks every connection, as a deploy or a tunnel would. */
  readonly dropAll: () => void;
  readonly connections: () => number;
  /** Everything clients said, newest last. */
  readonly heard: unknown[];
  /** Frames of these types are lost on the way, for tests of gaps. */
  readonly lose: Set<number>;
}

interface Heard {
  readonly subscribe?: string;
  readonly since?: number;
  readonly unsubscribe?: string;
  readonly ping?: number;
}

export const makeLive = (
  conversations: ReadonlyMap<string, MockConversation>,
  phones: MockPhones,
  newestFirst: () => readonly MockConversation[],
): MockLive => {
  const sockets = new Map<MockSocket, Set<string>>();
  const heard: unknown[] = [];
  const lose = new Set<number>();
  let newestRun: SyncRunView | null = null;

  const tell = (topic: string, frame: LiveFrame | PhoneFrame): void => {
    for (const [socket, topics] of sockets) if (topics.has(topic)) socket.send(frame);
  };

  const subscribe = (socket: MockSocket, topic: string, since: number | undefined): void => {
    sockets.get(socket)?.add(topic);
    if (topic === 'conversations') {
      const data = newestFirst()
        .slice(0, FIRST_PAGE)
        .map(({ detail }) => summaryOf(detail));
      socket.send({ topic, type: 'snapshot', seq: 0, data });
    } else if (topic === 'catalog') {
      if (newestRun !== null) socket.send({ topic, type: 'sync', seq: 0, data: newestRun });
    } else if (topic.startsWith('phone:')) {
      socket.send({ topic, type: 'snapshot', seq: 0, data: phones.chat(topic.slice('phone:'.length)) });
    } else {
      const conversation = conversations.get(topic.slice('conversation:'.length));
      if (conversation === undefined) {
        socket.send({
          topic,
          type: 'error',
          error: { code: 'not_found', message: 'There is no such conversation.' },
        });
      } else if (since === undefined) {
        socket.send({ topic, type: 'snapshot', seq: conversation.detail.seq, data: conversation.detail });
      } else {
        for (const row of conversation.rows) {
          if (row.seq > since) socket.send({ topic, type: 'transition', seq: row.seq, data: row });
        }
      }
    }
  };

  const onText = (socket: MockSocket, text: string): void => {
    const message: Heard = JSON.parse(text);
    heard.push(message);
    if (message.subscribe !== undefined) subscribe(socket, message.subscribe, message.since);
    if (message.unsubscribe !== undefined) sockets.get(socket)?.delete(message.unsubscribe);
    if (message.ping !== undefined) socket.send({ type: 'pong', pong: message.ping });
  };

  phones.onChange = (chatId) =>
    tell(`phone:${chatId}`, {
      topic: `phone:${chatId}`,
      type: 'snapshot',
      seq: 0,
      data: phones.chat(chatId),
    });

  return {
    add: (socket) => {
      sockets.set(socket, new Set());
      socket.onText = (text) => onText(socket, text);
      socket.onClose = () => sockets.delete(socket);
    },
    publish: ({ detail }, { row, messages }) => {
      const topic = `conversation:${detail.id}`;
      if (lose.delete(row.seq)) return;
      tell(topic, { topic, type: 'transition', seq: row.seq, data: row });
      for (const data of messages) tell(topic, { topic, type: 'message', seq: row.seq, data });
      const data = summaryOf(detail);
      tell('conversations', { topic: 'conversations', type: 'transition', seq: row.seq, data });
    },
    presence: (id, viewers, writing) => {
      const topic = `conversation:${id}`;
      tell(topic, { topic, type: 'presence', seq: 0, data: { viewers, writing } });
    },
    typing: (id, text) => {
      const topic = `conversation:${id}`;
      tell(topic, { topic, type: 'typing', seq: 0, data: { text, done: text === '' } });
    },
    sync: (run) => {
      newestRun = run;
      tell('catalog', { topic: 'catalog', type: 'sync', seq: 0, data: run });
    },
    dropAll: () => {
      for (const socket of sockets.keys()) socket.close();
    },
    connections: () => sockets.size,
    heard,
    lose,
  };
};
