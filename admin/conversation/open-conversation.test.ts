import { afterEach, describe, expect, it } from 'vitest';
import { makeClient } from '../api/client.ts';
import { makeApi } from '../api/endpoints.ts';
import type { Frame, Journal, Message } from '../api/types.ts';
import type { LiveClient, Subscriber } from '../live/live-client.ts';
import { type OpenConversation, openConversation } from './open-conversation.ts';

const ID = 'wz:c1:971501234567';

const row = (seq: number): Journal => ({
  seq,
  at: new Date(Date.UTC(2026, 10, 22, 8, 0, seq)).toISOString(),
  cause: 'bot',
  event: { type: 'x', data: null },
  title: 'x',
  importance: 1,
  from: [],
  to: ['turn.idle'],
  guards: [],
  contextDiff: [],
  commands: [],
  timers: [],
  machineVersion: 'v1',
  ignored: null,
});

const message = (number: number): Message => ({
  id: `m${number}`,
  conversationId: ID,
  from: 'customer',
  author: null,
  kind: 'text',
  text: `message ${number}`,
  media: null,
  quoted: null,
  status: 'received',
  error: null,
  deleted: false,
  seq: number,
  at: new Date(Date.UTC(2026, 10, 22, 8, 0, number)).toISOString(),
});

/** A server with a journal of `head` rows, answering as the API does; every request is recorded. */
const server = (head: () => number, broken: () => boolean = () => false, said: () => number = () => 0) => {
  const asked: string[] = [];
  const answer = (path: string, query: URLSearchParams): unknown => {
    if (path.endsWith('/messages')) {
      const end = Number(query.get('cursor') ?? said());
      const start = Math.max(0, end - Number(query.get('limit')));
      const items = Array.from({ length: end - start }, (_, index) => message(start + index + 1));
      return { items, next: start === 0 ? null : String(start) };
    }
    if (path.endsWith('/journal')) {
      const since = Number(query.get('since'));
      const limit = Number(query.get('limit'));
      const items = Array.from({ length: head() }, (_, index) => row(index + 1))
        .filter((one) => one.seq > since)
        .slice(0, limit);
      return { items, next: (items.at(-1)?.seq ?? head()) < head() ? 'more' : null };
    }
    if (path.includes('/machines/'))
      return { id: 'conversation', version: 'v1', states: [], transitions: [], counts: {} };
    return { id: ID, seq: head(), owner: 'bot', allowedEvents: [] };
  };
  const fetch = (async (url: string) => {
    asked.push(decodeURIComponent(url));
    if (broken()) throw new TypeError('fetch failed');
    const { pathname, searchParams } = new URL(url, 'http://admin.test');
    return Response.json(answer(pathname, searchParams));
  }) as typeof globalThis.fetch;
  const client = makeClient({
    fetch,
    now: () => 0,
    csrfToken: () => '',
    onUnauthorized: () => {},
    onServerTime: () => {},
  });
  return { api: makeApi(client), asked };
};

const fakeLive = () => {
  const subscribers: Subscriber[] = [];
  const live: LiveClient = {
    start: () => {},
    stop: () => {},
    wake: () => {},
    writing: () => {},
    subscribe: (subscriber) => {
      subscribers.push(subscriber);
      return () => {};
    },
  };
  const push = (seq: number): void => {
    const frame: Frame = { topic: `conversation:${ID}`, type: 'transition', seq, data: row(seq) };
    subscribers[0]?.onFrame(frame);
  };
  return { live, subscribers, push };
};

const until = async (holds: () => boolean): Promise<void> => {
  const deadline = performance.now() + 2000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('the expected state was not reached in 2 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

let opened: OpenConversation | null = null;
afterEach(() => opened?.close());

const open = (head: () => number, broken?: () => boolean, said?: () => number) => {
  const { api, asked } = server(head, broken, said);
  const stream = fakeLive();
  const troubles: unknown[] = [];
  const conversation = openConversation(ID, {
    api,
    live: stream.live,
    onTrouble: (error) => troubles.push(error),
  });
  opened = conversation;
  const seqs = () => conversation.store.getSnapshot().context.rows.map((one) => one.seq);
  return { conversation, asked, seqs, troubles, ...stream };
};

describe('opening a conversation', () => {
  it('loads rows up to the head, then subscribes from there', async () => {
    const { seqs, subscribers } = open(() => 3);
    await until(() => subscribers.length === 1);
    expect(seqs()).toEqual([1, 2, 3]);
    expect(subscribers[0]?.since?.()).toBe(3);
  });

  it('opens a long conversation at its end and goes back on demand', async () => {
    const { conversation, seqs, subscribers } = open(() => 400);
    await until(() => subscribers.length === 1);
    expect(seqs()[0]).toBe(251);
    await conversation.loadEarlierRows();
    expect(seqs()[0]).toBe(101);
    expect(seqs()).toHaveLength(300);
  });

  it('closes a hole in the live stream by fetching from its edge', async () => {
    let head = 3;
    const { seqs, subscribers, push, asked } = open(() => head);
    await until(() => subscribers.length === 1);
    head = 7;
    push(7);
    await until(() => seqs().length === 7);
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(asked.some((url) => url.includes('journal?since=3'))).toBe(true);
  });

  it('does not show a row twice when the page and the stream both bring it', async () => {
    const { seqs, subscribers, push } = open(() => 3);
    await until(() => subscribers.length === 1);
    push(3);
    push(2);
    expect(seqs()).toEqual([1, 2, 3]);
  });

  it('asks once for the detail after a burst of transitions', async () => {
    let head = 3;
    const { subscribers, push, asked, conversation } = open(() => head);
    await until(() => subscribers.length === 1);
    const details = () => asked.filter((url) => url.endsWith(ID)).length;
    const before = details();
    head = 6;
    for (const seq of [4, 5, 6]) push(seq);
    await until(() => conversation.store.getSnapshot().context.detail?.seq === 6);
    expect(details()).toBe(before + 1);
  });

  it('fetches what was missed when the server says gap', async () => {
    let head = 3;
    const { seqs, subscribers } = open(() => head);
    await until(() => subscribers.length === 1);
    head = 5;
    subscribers[0]?.onGap();
    await until(() => seqs().length === 5);
  });

  it('fetches every message missed while away, over as many pages as it takes', async () => {
    let said = 150;
    const { conversation, subscribers } = open(
      () => 3,
      undefined,
      () => said,
    );
    const numbers = () =>
      conversation.store.getSnapshot().context.messages.map((item) => Number(item.message.id.slice(1)));
    await until(() => subscribers.length === 1);
    expect(numbers()[0]).toBe(51);
    said = 400;
    subscribers[0]?.onGap();
    await until(() => numbers().at(-1) === 400 && numbers().length >= 350);
    expect(numbers()).toEqual(Array.from({ length: 350 }, (_, index) => index + 51));
  });

  it('fails in sight, and recovers when asked again', async () => {
    let broken = true;
    const { conversation, subscribers } = open(
      () => 3,
      () => broken,
    );
    await until(() => conversation.store.getSnapshot().context.status === 'failed');
    broken = false;
    await conversation.refresh();
    expect(conversation.store.getSnapshot().context.status).toBe('ready');
    expect(subscribers).toHaveLength(1);
  });
});
