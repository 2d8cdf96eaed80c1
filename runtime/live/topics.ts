/** What can be subscribed to on one replica, fed by the engine's commits. */
import type { PhoneSimulator } from '../../adapters/wazzup/simulator.ts';
import type { CatalogApi, TypingSource } from '../api/deps.ts';
import type { ConversationViews } from '../conversations/views-api.ts';
import type { AppliedStep, Clock, EngineApi, JournalRow, Log } from '../engine/types.ts';
import type { Metrics } from '../server/metrics.ts';
import { makeCatalogFeed } from './catalog-feed.ts';
import { type ConversationFeed, makeConversationFeed, type Subscriber } from './conversation-feed.ts';
import { makeListFeed } from './list-feed.ts';
import { makeMetricsFeed } from './metrics-feed.ts';
import { makePhoneFeed, type PhoneSubscriber } from './phone-feed.ts';
import { makePresence } from './presence.ts';
import type { PresenceLink } from './presence-link.ts';
import type { ParsedTopic } from './protocol.ts';

export interface TopicMember extends Subscriber, PhoneSubscriber {
  /** Shown to the others as present. */
  readonly name: string;
}

export interface Topics {
  /** False: there is no such thing to subscribe to. `wanted` tells whether the member is still there. */
  readonly join: (
    member: TopicMember,
    topic: ParsedTopic,
    since: number | null,
    wanted: () => boolean,
  ) => Promise<boolean>;
  readonly leave: (member: TopicMember, topic: ParsedTopic) => void;
  readonly writing: (member: TopicMember, conversation: string, on: boolean) => void;
  /** Topics of the simulated phone exist in the sandbox only. */
  readonly has: (topic: ParsedTopic) => boolean;
  readonly stop: () => void;
}

export interface TopicsDeps {
  readonly engine: Pick<EngineApi, 'journal' | 'onCommit' | 'onForeignCommit'>;
  readonly views: ConversationViews;
  readonly simulator?: PhoneSimulator | undefined;
  /** What models are writing; without it nobody sees it grow. */
  readonly typing?: TypingSource | undefined;
  /** To the other replicas; null: presence is this replica's own. */
  readonly presence?: PresenceLink | null | undefined;
  /** Runs of the topic `catalog`; without it there is no such topic. */
  readonly catalog?: Pick<CatalogApi, 'latestRun'> | undefined;
  /** Numbers of the topic `metrics`. */
  readonly numbers: () => Promise<Readonly<Record<string, number>>>;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
}

export const makeTopics = (deps: TopicsDeps): Topics => {
  const feeds = new Map<string, ConversationFeed>();
  const list = makeListFeed(deps);
  const presence = makePresence(deps.presence);
  const numbers = makeMetricsFeed(deps);
  const { catalog, log } = deps;
  const runs = catalog ? makeCatalogFeed({ latestRun: catalog.latestRun, log }) : null;
  const phone = deps.simulator ? makePhoneFeed(deps.simulator) : null;
  const observeDelay = (seconds: number) =>
    deps.metrics.observe('treejar_live_commit_to_socket_seconds', seconds);

  const feedOf = (id: string): ConversationFeed => {
    const feed = feeds.get(id) ?? makeConversationFeed(id, { ...deps, observeDelay });
    feeds.set(id, feed);
    return feed;
  };

  const leaveConversation = (member: TopicMember, id: string): void => {
    presence.leave(id, member);
    const feed = feeds.get(id);
    feed?.leave(member);
    if (feed?.size() === 0) feeds.delete(id);
  };

  const joinConversation = async (
    member: TopicMember,
    id: string,
    since: number | null,
    wanted: () => boolean,
  ): Promise<boolean> => {
    const feed = feedOf(id);
    const found = await feed.join(member, since);
    // Unsubscribed or gone while the start was read: `leave` has cleaned up, and it may have joined anew since.
    if (found && wanted()) presence.join(id, member, member.name);
    if (feed.size() === 0 && feeds.get(id) === feed) feeds.delete(id);
    return found;
  };

  const off = [
    deps.engine.onCommit((steps) => {
      for (const [id, rows] of rowsByActor(steps)) {
        feeds.get(id)?.offer(rows);
        list.changed(id);
      }
    }),
    deps.engine.onForeignCommit((heads) => {
      for (const head of heads) {
        feeds.get(head.actorId)?.hint(head.seq);
        list.changed(head.actorId);
      }
    }),
    deps.typing?.onTyping((id, typing) => feeds.get(id)?.typing(typing)) ?? (() => undefined),
  ];

  return {
    join: async (member, topic, since, wanted) => {
      if (topic.kind === 'conversation') return joinConversation(member, topic.id, since, wanted);
      if (topic.kind === 'conversations') await list.join(member);
      else if (topic.kind === 'metrics') await numbers.join(member);
      else if (topic.kind === 'catalog') await runs?.join(member);
      else phone?.join(topic.chatId, member);
      return true;
    },
    leave: (member, topic) => {
      if (topic.kind === 'conversation') leaveConversation(member, topic.id);
      else if (topic.kind === 'conversations') list.leave(member);
      else if (topic.kind === 'metrics') numbers.leave(member);
      else if (topic.kind === 'catalog') runs?.leave(member);
      else phone?.leave(topic.chatId, member);
    },
    writing: (member, conversation, on) => presence.writing(conversation, member, on),
    has: ({ kind }) => (kind !== 'phone' || phone !== null) && (kind !== 'catalog' || runs !== null),
    stop: () => {
      for (const unsubscribe of off) unsubscribe();
      list.stop();
      presence.stop();
      numbers.stop();
      runs?.stop();
      phone?.stop();
    },
  };
};

/** Rows of one commit, by conversation and in order. */
const rowsByActor = (steps: readonly AppliedStep[]): ReadonlyMap<string, readonly JournalRow[]> => {
  const rows = new Map<string, JournalRow[]>();
  for (const { row } of steps) {
    const known = rows.get(row.actorId);
    if (known) known.push(row);
    else rows.set(row.actorId, [row]);
  }
  return rows;
};
