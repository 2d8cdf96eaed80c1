/**
 * The live stream's centre on one replica: clients, their topics and their bounded backlogs. It knows sockets by three
 * functions only, so it is tested without a web server.
 */

import type { PhoneSimulator } from '../../adapters/wazzup/simulator.ts';
import type { Principal } from '../api/access.ts';
import type { LiveFrame, LiveNotice, PhoneFrame } from '../api/schemas.ts';
import type { ConversationViews } from '../conversations/views-api.ts';
import type { AppliedStep, Clock, EngineApi, JournalRow, Log } from '../engine/types.ts';
import type { Metrics } from '../server/metrics.ts';
import { type ConversationFeed, makeConversationFeed, type Subscriber } from './conversation-feed.ts';
import { makeListFeed } from './list-feed.ts';
import { makePhoneFeed, type PhoneSubscriber } from './phone-feed.ts';
import { makePresence } from './presence.ts';
import {
  type ClientMessage,
  MAX_BACKLOG_BYTES,
  MAX_CONNECTIONS,
  MAX_MESSAGES_PER_SECOND,
  MAX_TOPICS_PER_CLIENT,
  METRICS_EVERY_MS,
  type ParsedTopic,
  parseClientMessage,
  parseTopic,
} from './protocol.ts';

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
  /** Null: the replica has {@link MAX_CONNECTIONS} already. */
  readonly connect: (socket: LiveSocket, principal: Principal) => LiveClient | null;
  readonly connections: () => number;
  readonly sessions: () => readonly string[];
  /** Ends the connections of sessions that are not good any more. */
  readonly endSessions: (ended: (sessionHash: string) => boolean) => void;
  /** Ends all connections with 1001 and lets go of the engine. */
  readonly stop: () => void;
}

export interface HubDeps {
  readonly engine: Pick<EngineApi, 'journal' | 'onCommit' | 'onForeignCommit'>;
  readonly views: ConversationViews;
  readonly simulator?: PhoneSimulator | undefined;
  /** Numbers of the topic `metrics`. */
  readonly numbers: () => Promise<Readonly<Record<string, number>>>;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
}

interface Client extends Subscriber, PhoneSubscriber {
  readonly socket: LiveSocket;
  readonly principal: Principal;
  readonly topics: Map<string, ParsedTopic>;
  open: boolean;
  /** The current second's messages. */
  second: number;
  messages: number;
}

type Outgoing = LiveFrame | LiveNotice | PhoneFrame;

export const makeLiveHub = (deps: HubDeps): LiveHub => {
  const { metrics, log } = deps;
  const clients = new Set<Client>();
  const feeds = new Map<string, ConversationFeed>();
  const metricsMembers = new Set<Client>();
  const list = makeListFeed({ views: deps.views, log });
  const presence = makePresence();
  const phone = deps.simulator ? makePhoneFeed(deps.simulator) : null;
  const encode = makeEncoder();
  let stopped = false;

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

  const refuse = (client: Client, topic: string, code: string, message: string): void =>
    send(client, { topic, type: 'error', error: { code, message } });

  const feedOf = (id: string): ConversationFeed => {
    const known = feeds.get(id);
    if (known) return known;
    const observeDelay = (seconds: number) =>
      metrics.observe('treejar_live_commit_to_socket_seconds', seconds);
    const feed = makeConversationFeed(id, { ...deps, observeDelay });
    feeds.set(id, feed);
    return feed;
  };

  const leave = (client: Client, topic: ParsedTopic): void => {
    if (topic.kind === 'conversations') list.leave(client);
    else if (topic.kind === 'metrics') metricsMembers.delete(client);
    else if (topic.kind === 'phone') phone?.leave(topic.chatId, client);
    else {
      presence.leave(topic.id, client);
      const feed = feeds.get(topic.id);
      feed?.leave(client);
      if (feed?.size() === 0) feeds.delete(topic.id);
    }
  };

  const remove = (client: Client): void => {
    client.open = false;
    clients.delete(client);
    for (const topic of client.topics.values()) leave(client, topic);
    client.topics.clear();
    gauges();
  };

  const gauges = (): void => {
    metrics.gauge('treejar_live_connections', clients.size);
    let topics = 0;
    for (const client of clients) topics += client.topics.size;
    metrics.gauge('treejar_live_subscriptions', topics);
  };

  const unsubscribe = (client: Client, name: string): void => {
    const topic = client.topics.get(name);
    if (!topic) return;
    client.topics.delete(name);
    leave(client, topic);
    gauges();
  };

  const joinConversation = async (
    client: Client,
    name: string,
    id: string,
    since: number | null,
  ): Promise<void> => {
    const found = await feedOf(id).join(client, since);
    // Unsubscribed or gone while the start was read: the feed must not keep it.
    const wanted = client.open && client.topics.has(name);
    if (found && wanted) return presence.join(id, client, client.principal.name);
    leave(client, { kind: 'conversation', id });
    if (!wanted) return;
    client.topics.delete(name);
    refuse(client, name, 'not_found', 'There is no such conversation; check the id.');
  };

  const join = async (
    client: Client,
    name: string,
    topic: ParsedTopic,
    since: number | null,
  ): Promise<void> => {
    if (topic.kind === 'conversations') return list.join(client);
    if (topic.kind === 'conversation') return joinConversation(client, name, topic.id, since);
    if (topic.kind === 'phone') return phone?.join(topic.chatId, client);
    metricsMembers.add(client);
    const data = await deps.numbers();
    if (client.open && metricsMembers.has(client))
      client.frame({ topic: 'metrics', type: 'metrics', seq: 0, data });
  };

  const subscribe = (client: Client, name: string, since: number | null): void => {
    const topic = parseTopic(name);
    if (!topic || (topic.kind === 'phone' && !phone)) {
      return refuse(
        client,
        name,
        'unknown_topic',
        'Subscribe to conversations, conversation:<id> or metrics.',
      );
    }
    // Again: from the new place.
    unsubscribe(client, name);
    if (client.topics.size >= MAX_TOPICS_PER_CLIENT) {
      return refuse(
        client,
        name,
        'too_many_topics',
        `Unsubscribe first: ${MAX_TOPICS_PER_CLIENT} topics at most.`,
      );
    }
    client.topics.set(name, topic);
    gauges();
    join(client, name, topic, since).catch((error: unknown) => {
      log.warn(
        { error: error instanceof Error ? error.name : typeof error },
        'a live subscription could not start',
      );
      unsubscribe(client, name);
      refuse(
        client,
        name,
        'unavailable',
        'The topic could not be read now; subscribe again in a few seconds.',
      );
    });
  };

  const act = (client: Client, message: ClientMessage): void => {
    if ('subscribe' in message) subscribe(client, message.subscribe, message.since ?? null);
    else if ('unsubscribe' in message) unsubscribe(client, message.unsubscribe);
    else if ('ping' in message) send(client, { type: 'pong', pong: message.ping });
    else {
      const topic = client.topics.get(message.presence);
      if (topic?.kind === 'conversation') presence.writing(topic.id, client, message.writing);
    }
  };

  const tooFast = (client: Client): boolean => {
    const second = Math.floor(deps.clock.now() / 1000);
    if (client.second !== second) {
      client.second = second;
      client.messages = 0;
    }
    client.messages += 1;
    return client.messages > MAX_MESSAGES_PER_SECOND;
  };

  const received = (client: Client, text: string): void => {
    if (!client.open) return;
    if (tooFast(client)) return drop(client, 1008, 'too_many_messages');
    const message = parseClientMessage(text);
    if (message) act(client, message);
    else refuse(client, '', 'bad_message', 'Send {"subscribe":topic}, {"unsubscribe":topic} or {"ping":n}.');
  };

  const off = [
    deps.engine.onCommit((steps) => onSteps(steps, feeds, list.changed)),
    deps.engine.onForeignCommit((heads) => {
      for (const head of heads) {
        feeds.get(head.actorId)?.hint(head.seq);
        list.changed(head.actorId);
      }
    }),
  ];

  const ticker = setInterval(() => {
    if (metricsMembers.size === 0) return;
    deps.numbers().then(
      (data) => {
        for (const client of metricsMembers)
          client.frame({ topic: 'metrics', type: 'metrics', seq: 0, data });
      },
      (error: unknown) =>
        log.warn({ error: error instanceof Error ? error.name : typeof error }, 'no live metrics now'),
    );
  }, METRICS_EVERY_MS);
  ticker.unref();

  return {
    connect: (socket, principal) => {
      if (stopped || clients.size >= MAX_CONNECTIONS) return null;
      const client: Client = {
        socket,
        principal,
        topics: new Map(),
        open: true,
        second: 0,
        messages: 0,
        frame: (frame) => send(client, frame),
        phone: (frame) => send(client, frame),
      };
      clients.add(client);
      gauges();
      return { received: (text) => received(client, text), closed: () => client.open && remove(client) };
    },
    connections: () => clients.size,
    sessions: () => [...new Set([...clients].flatMap((client) => client.principal.sessionHash ?? []))],
    endSessions: (ended) => {
      for (const client of [...clients]) {
        const hash = client.principal.sessionHash;
        if (hash !== null && ended(hash)) drop(client, 4401, 'signed_out');
      }
    },
    stop: () => {
      stopped = true;
      clearInterval(ticker);
      for (const unsubscribeFrom of off) unsubscribeFrom();
      for (const client of [...clients]) drop(client, 1001, 'going_away');
      list.stop();
      presence.stop();
      phone?.stop();
    },
  };
};

/** Rows of one commit, by conversation and in order. */
const onSteps = (
  steps: readonly AppliedStep[],
  feeds: ReadonlyMap<string, ConversationFeed>,
  changed: (id: string) => void,
): void => {
  const rows = new Map<string, JournalRow[]>();
  for (const { row } of steps) {
    const known = rows.get(row.actorId);
    if (known) known.push(row);
    else rows.set(row.actorId, [row]);
  }
  for (const [id, own] of rows) {
    feeds.get(id)?.offer(own);
    changed(id);
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
