import { describe, expect, it } from 'vitest';
import type { Conversation, Journal, Message } from '../api/types.ts';
import { headOf, makeConversationStore } from './conversation-store.ts';

const row = (seq: number): Journal => ({
  seq,
  at: new Date(Date.UTC(2026, 10, 22, 8, 0, seq)).toISOString(),
  cause: 'bot',
  event: { type: 'x', data: null },
  title: 'x',
  importance: 1,
  from: [],
  to: [],
  guards: [],
  contextDiff: [],
  commands: [],
  timers: [],
  machineVersion: 'v1',
  ignored: null,
});

/** Only what the store reads; the rest of the detail is opaque to it. */
const detail = (seq: number, owner: Conversation['owner'] = 'bot'): Conversation =>
  ({ id: 'a', seq, owner }) as Conversation;

const sent: Message = {
  id: 'm9',
  conversationId: 'a',
  from: 'manager',
  author: 'Aisha',
  kind: 'text',
  text: 'On it',
  media: null,
  quoted: null,
  status: 'queued',
  error: null,
  deleted: false,
  seq: 4,
  at: '2026-11-22T08:00:04.000Z',
};

const open = () => {
  const store = makeConversationStore('a');
  return { store, now: () => store.getSnapshot().context };
};

describe('the store of a conversation', () => {
  it('does not go back to an older detail', () => {
    const { store, now } = open();
    store.trigger.detailLoaded({ detail: detail(8, 'manager') });
    store.trigger.detailLoaded({ detail: detail(7, 'bot') });
    expect(now().detail?.owner).toBe('manager');
  });

  it('counts rows that arrive while inspecting, and only new ones', () => {
    const { store, now } = open();
    store.trigger.rowsLoaded({ rows: [row(5), row(6)] });
    store.trigger.expansionToggled({ seq: 5 });
    store.trigger.rowsLoaded({ rows: [row(6), row(7), row(8)] });
    store.trigger.rowsLoaded({ rows: [row(3), row(4)] });
    expect(now()).toMatchObject({ mode: 'inspect', unseen: 2 });
    store.trigger.modeChanged({ mode: 'follow' });
    expect(now().unseen).toBe(0);
    store.trigger.rowsLoaded({ rows: [row(9)] });
    expect(now().unseen).toBe(0);
  });

  it('keeps the head of whatever has arrived', () => {
    const { store, now } = open();
    store.trigger.detailLoaded({ detail: detail(4) });
    expect(headOf(now())).toBe(4);
    store.trigger.rowsLoaded({ rows: [row(5)] });
    expect(headOf(now())).toBe(5);
  });

  it('shows a reply at once, keeps it when it fails, and drops it when it has arrived', () => {
    const { store, now } = open();
    const item = {
      key: 'k1',
      kind: 'manager' as const,
      text: 'On it',
      at: sent.at,
      state: 'sending' as const,
      error: null,
      after: 3,
    };
    store.trigger.sending({ item });
    store.trigger.sendFailed({ key: 'k1', error: 'The server cannot be reached.' });
    expect(now().outgoing[0]).toMatchObject({ state: 'failed', text: 'On it' });
    store.trigger.sending({ item });
    expect(now().outgoing).toHaveLength(1);
    store.trigger.messagesLoaded({ messages: [sent], rev: 4 });
    expect(now().outgoing).toEqual([]);
  });

  it('opens and selects the row a bubble asks about', () => {
    const { store, now } = open();
    store.trigger.selected({ seq: 6 });
    expect(now()).toMatchObject({ mode: 'inspect', selected: 6 });
    expect(now().expanded.has(6)).toBe(true);
  });
});
