/**
 * The live stream's connections on one replica: what each may say, what it has subscribed to, and its bounded backlog.
 * A connection is three functions, so the hub is tested without a web server.
 */
import type { Principal } from '../api/access.ts';
import type { LiveFrame, LiveNotice, PhoneFrame } from '../api/schemas.ts';
import {
  type ClientMessage,
  MAX_BACKLOG_BYTES,
  MAX_CONNECTIONS,
  MAX_MESSAGES_PER_SECOND,
  MAX_TOPICS_PER_CLIENT,
  type ParsedTopic,
  parseClientMessage,
  parseTopic,
} from './protocol.ts';
import { makeTopics, type TopicMember, type Topics, type TopicsDeps } from './topics.ts';

/** A connection, as far as the hub needs it. After `close` nothing more is sent. */
export interface LiveSocket {
  readonly send: (text: string) => void;
  readonly bufferedBytes: () => number;
  readonly close: (code: number, reason: string) => void;
}

export interface LiveClient {
  /** A text message of the client. Never throws. */
  readonly received: (text: string) => void;
  readonly closed: () => void;
}

export interface LiveHub {
  /** Null: the replica has {@link MAX_CONNECTIONS} already, or is stopping. */
  readonly connect: (socket: LiveSocket, principal: Principal) => LiveClient | null;
  readonly connections: () => number;
  readonly sessions: () => readonly string[];
  /** Ends the connections of sessions that are not good any more. */
  readonly endSessions: (ended: (sessionHash: string) => boolean) => void;
  /** Ends all connections with 1001 and lets go of the engine. */
  readonly stop: () => void;
}

interface Client extends TopicMember {
  readonly socket: LiveSocket;
  readonly principal: Principal;
  readonly topics: Map<string, ParsedTopic>;
  open: boolean;
  /** The current second and its messages. */
  second: number;
  messages: number;
}

type Outgoing = LiveFrame | LiveNotice | PhoneFrame;

export const makeLiveHub = (deps: TopicsDeps): LiveHub => {
  const topics = makeTopics(deps);
  const book = makeBook(deps, topics);
  let stopped = false;
  return {
    connect: (socket, principal) => {
      if (stopped || book.clients.size >= MAX_CONNECTIONS) return null;
      const client = book.add(socket, principal);
      return {
        received: (text) => receive(deps, topics, book, client, text),
        closed: () => book.remove(client),
      };
    },
    connections: () => book.clients.size,
    sessions: () => [...new Set([...book.clients].flatMap((client) => client.principal.sessionHash ?? []))],
    endSessions: (ended) => {
      for (const client of [...book.clients]) {
        const hash = client.principal.sessionHash;
        if (hash !== null && ended(hash)) book.drop(client, 4401, 'signed_out');
      }
    },
    stop: () => {
      stopped = true;
      for (const client of [...book.clients]) book.drop(client, 1001, 'going_away');
      topics.stop();
    },
  };
};

/** The open connections. */
interface Book {
  readonly clients: ReadonlySet<Client>;
  readonly add: (socket: LiveSocket, principal: Principal) => Client;
  readonly send: (client: Client, frame: Outgoing) => void;
  /** We end it. */
  readonly drop: (client: Client, code: number, reason: string) => void;
  /** It has ended. */
  readonly remove: (client: Client) => void;
  readonly unsubscribe: (client: Client, name: string) => void;
  readonly gauges: () => void;
}

const makeBook = ({ metrics }: TopicsDeps, topics: Topics): Book => {
  const clients = new Set<Client>();
  const encode = makeEncoder();

  const gauges = (): void => {
    let subscriptions = 0;
    for (const client of clients) subscriptions += client.topics.size;
    metrics.gauge('treejar_live_connections', clients.size);
    metrics.gauge('treejar_live_subscriptions', subscriptions);
  };

  const remove = (client: Client): void => {
    if (!client.open) return;
    client.open = false;
    clients.delete(client);
    for (const topic of client.topics.values()) topics.leave(client, topic);
    client.topics.clear();
    gauges();
  };

  const drop = (client: Client, code: number, reason: string): void => {
    if (!client.open) return;
    metrics.count('treejar_live_dropped_total', { reason });
    remove(client);
    client.socket.close(code, reason);
  };

  const send = (client: Client, frame: Outgoing): void => {
    if (!client.open) return;
    const text = encode(frame);
    if (client.socket.bufferedBytes() + text.length > MAX_BACKLOG_BYTES) {
      drop(client, 1013, 'too_slow');
    } else {
      metrics.count('treejar_live_frames_total', { type: frame.type });
      client.socket.send(text);
    }
  };

  return {
    clients,
    add: (socket, principal) => {
      const client: Client = {
        socket,
        principal,
        name: principal.name,
        topics: new Map(),
        open: true,
        second: 0,
        messages: 0,
        frame: (frame) => send(client, frame),
        phone: (frame) => send(client, frame),
      };
      clients.add(client);
      gauges();
      return client;
    },
    send,
    drop,
    remove,
    unsubscribe: (client, name) => {
      const topic = client.topics.get(name);
      if (!topic) return;
      client.topics.delete(name);
      topics.leave(client, topic);
      gauges();
    },
    gauges,
  };
};

const receive = (deps: TopicsDeps, topics: Topics, book: Book, client: Client, text: string): void => {
  if (!client.open) return;
  if (tooFast(client, deps.clock.now())) {
    book.drop(client, 1008, 'too_many_messages');
    return;
  }
  const message = parseClientMessage(text);
  if (message) act(deps, topics, book, client, message);
  else
    refuse(book, client, '', 'bad_message', 'Send {"subscribe":topic}, {"unsubscribe":topic} or {"ping":n}.');
};

const tooFast = (client: Client, now: number): boolean => {
  const second = Math.floor(now / 1000);
  if (client.second !== second) {
    client.second = second;
    client.messages = 0;
  }
  client.messages += 1;
  return client.messages > MAX_MESSAGES_PER_SECOND;
};

const act = (deps: TopicsDeps, topics: Topics, book: Book, client: Client, message: ClientMessage): void => {
  if ('subscribe' in message)
    void subscribe(deps, topics, book, client, message.subscribe, message.since ?? null);
  else if ('unsubscribe' in message) book.unsubscribe(client, message.unsubscribe);
  else if ('ping' in message) book.send(client, { type: 'pong', pong: message.ping });
  else {
    const topic = client.topics.get(message.presence);
    if (topic?.kind === 'conversation') topics.writing(client, topic.id, message.writing);
  }
};

const refuse = (book: Book, client: Client, topic: string, code: string, message: string): void =>
  book.send(client, { topic, type: 'error', error: { code, message } });

const subscribe = async (
  deps: TopicsDeps,
  topics: Topics,
  book: Book,
  client: Client,
  name: string,
  since: number | null,
): Promise<void> => {
  const topic = parseTopic(name);
  if (!topic || !topics.has(topic)) {
    refuse(
      book,
      client,
      name,
      'unknown_topic',
      'Subscribe to conversations, conversation:<id>, metrics or catalog.',
    );
    return;
  }
  // Once more means: from the new place.
  book.unsubscribe(client, name);
  if (client.topics.size >= MAX_TOPICS_PER_CLIENT) {
    refuse(
      book,
      client,
      name,
      'too_many_topics',
      `Unsubscribe first: ${MAX_TOPICS_PER_CLIENT} topics at most.`,
    );
    return;
  }
  client.topics.set(name, topic);
  book.gauges();
  const wanted = () => client.open && client.topics.get(name) === topic;
  try {
    if ((await topics.join(client, topic, since, wanted)) || !wanted()) return;
    book.unsubscribe(client, name);
    refuse(book, client, name, 'not_found', 'There is no such conversation; check the id.');
  } catch (error) {
    deps.log.warn(
      { error: error instanceof Error ? error.name : typeof error },
      'a live subscription could not start',
    );
    if (!wanted()) return;
    book.unsubscribe(client, name);
    refuse(
      book,
      client,
      name,
      'unavailable',
      'The topic could not be read now; subscribe again in a few seconds.',
    );
  }
};

/** A frame that goes to many is written as JSON once. */
const makeEncoder = (): ((frame: Outgoing) => string) => {
  let last: Outgoing | null = null;
  let text = '';
  return (frame) => {
    if (frame !== last) {
      last = frame;
      text = JSON.stringify(frame);
    }
    return text;
  };
};
