import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../api/types.ts';
import { mergeMessages, type Outgoing, type Revised, withoutArrived } from './messages.ts';

const message = (id: string, over: Partial<Message> = {}): Message => ({
  id,
  conversationId: 'wz:c:1',
  from: 'bot',
  author: null,
  kind: 'text',
  text: `text of ${id}`,
  media: null,
  quoted: null,
  status: 'queued',
  error: null,
  deleted: false,
  seq: 1,
  at: '2026-11-22T08:00:00.000Z',
  ...over,
});

const statuses = (known: readonly Revised[]) => known.map((item) => item.message.status);

describe('merging messages', () => {
  it('keeps the newest revision whatever the order of arrival', () => {
    const revisions = [
      { rev: 1, message: message('a', { status: 'queued' }) },
      { rev: 2, message: message('a', { status: 'sent' }) },
      { rev: 3, message: message('a', { status: 'delivered' }) },
      { rev: 3, message: message('b', { at: '2026-11-22T08:00:01.000Z' }) },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(revisions, { minLength: revisions.length }), (shuffled) => {
        const merged = shuffled.reduce<readonly Revised[]>(
          (known, { message: one, rev }) => mergeMessages(known, [one], rev),
          [],
        );
        expect(merged.map((item) => item.message.id)).toEqual(['a', 'b']);
        expect(statuses(merged)).toEqual(['delivered', 'queued']);
      }),
    );
  });

  it('never takes a tick back at the same age', () => {
    const read = mergeMessages([], [message('a', { status: 'read' })], 5);
    expect(statuses(mergeMessages(read, [message('a', { status: 'sent' })], 5))).toEqual(['read']);
  });

  it('lets a retried message leave its failure', () => {
    const failed = mergeMessages([], [message('a', { status: 'failed' })], 5);
    expect(statuses(mergeMessages(failed, [message('a', { status: 'sent' })], 6))).toEqual(['sent']);
  });

  it('returns the same array when nothing is new', () => {
    const known = mergeMessages([], [message('a')], 1);
    expect(mergeMessages(known, [message('a')], 1)).toBe(known);
  });
});

describe('replies on their way', () => {
  const outgoing = (key: string, text: string, after = 4): Outgoing => ({
    key,
    kind: 'manager',
    text,
    at: '2026-11-22T08:00:00.000Z',
    state: 'sending',
    error: null,
    after,
  });

  it('go when their message arrives, one for one', () => {
    const arrived = mergeMessages([], [message('m1', { from: 'manager', text: 'Hello', seq: 5 })], 5);
    const left = withoutArrived([outgoing('k1', 'Hello'), outgoing('k2', 'Hello')], arrived);
    expect(left.map((item) => item.key)).toEqual(['k2']);
  });

  it('are not taken for an older message with the same words', () => {
    const older = mergeMessages([], [message('m0', { from: 'manager', text: 'Hello', seq: 3 })], 9);
    expect(withoutArrived([outgoing('k1', 'Hello')], older)).toHaveLength(1);
  });
});
