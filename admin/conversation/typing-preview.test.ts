import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../api/types.ts';
import { makeConversationStore } from '../stores/conversation-store.ts';
import { MESSAGE_FOLLOWS_MS, makePreviewKeeper, PREVIEW_TTL_MS } from './typing-preview.ts';

const message = (id: string, from: Message['from']): Message => ({
  id,
  conversationId: 'wz:c1:15555550142',
  from,
  author: null,
  kind: 'text',
  text: 'text',
  media: null,
  quoted: null,
  status: 'sent',
  error: null,
  deleted: false,
  seq: 1,
  at: new Date(0).toISOString(),
});

describe('the preview of what the model writes', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const setup = () => {
    const store = makeConversationStore('wz:c1:15555550142');
    const shown = () => store.getSnapshot().context.preview;
    const arrives = (id: string, from: Message['from'], rev: number) =>
      store.trigger.messagesLoaded({ messages: [message(id, from)], rev });
    return { keeper: makePreviewKeeper(store), shown, arrives };
  };

  it('stays after its end until the message follows, and goes with it', () => {
    const { keeper, shown, arrives } = setup();
    keeper.typing({ text: 'Yes, we', done: false });
    keeper.typing({ text: '', done: true });
    expect(shown()).toBe('Yes, we');
    arrives('m1', 'bot', 1);
    expect(shown()).toBeNull();
  });

  it('goes by itself when nothing of it is said', () => {
    const { keeper, shown } = setup();
    keeper.typing({ text: 'Yes, we', done: false });
    keeper.typing({ text: '', done: true });
    vi.advanceTimersByTime(MESSAGE_FOLLOWS_MS);
    expect(shown()).toBeNull();
  });

  it('goes when the server that wrote it is gone', () => {
    const { keeper, shown } = setup();
    keeper.typing({ text: 'Yes', done: false });
    vi.advanceTimersByTime(PREVIEW_TTL_MS - 1);
    keeper.typing({ text: 'Yes, we', done: false });
    vi.advanceTimersByTime(PREVIEW_TTL_MS - 1);
    expect(shown()).toBe('Yes, we');
    vi.advanceTimersByTime(1);
    expect(shown()).toBeNull();
  });

  it('is left alone by the customer, and by news of an older message of ours', () => {
    const { keeper, shown, arrives } = setup();
    arrives('m1', 'bot', 1);
    keeper.typing({ text: 'Yes', done: false });
    arrives('m1', 'bot', 2);
    arrives('m2', 'customer', 3);
    expect(shown()).toBe('Yes');
  });

  it('begins anew when the model writes again after its end', () => {
    const { keeper, shown } = setup();
    keeper.typing({ text: 'Yes', done: false });
    keeper.typing({ text: '', done: true });
    keeper.typing({ text: 'No', done: false });
    vi.advanceTimersByTime(MESSAGE_FOLLOWS_MS * 2);
    expect(shown()).toBe('No');
    keeper.clear();
    expect(shown()).toBeNull();
  });
});
