import { describe, expect, it } from 'vitest';
import type { OutboundMessage } from './context.ts';
import { initialContext } from './context.ts';
import { isOwnEcho, unconfirmedOf } from './echoes.ts';
import type { ChannelEcho } from './events.ts';
import { confirmSent } from './updates/dialogue.ts';

const AT = 1_767_000_000_000;
const quotation: OutboundMessage = {
  localId: 'm1',
  by: 'bot',
  text: '',
  at: AT,
  providerIds: [],
  file: { path: 'quotations/ab/Quotation-1-R1.pdf', name: 'Quotation-1-R1.pdf', kind: 'document' },
};
const contextWith = (...outbound: readonly OutboundMessage[]) => ({
  ...initialContext({
    id: 'wz:c1:971501234567',
    channelId: 'c1',
    chatId: '971501234567',
    timing: { debounceMs: 1, debounceMaxMs: 2, replyDeadlineMs: 3, handOverReturnMs: 4 },
  }),
  outbound,
});
const echo = (more: Partial<ChannelEcho> = {}): ChannelEcho => ({
  type: 'channel.echo',
  messageId: 'p1',
  kind: 'document',
  text: '',
  media: { uri: 'https://store.example/x.pdf', name: 'Quotation-1-R1.pdf' },
  sentFromApp: false,
  authorType: null,
  authorName: null,
  sentAt: AT,
  at: AT,
  ...more,
});

describe('the echo of a file of ours', () => {
  it('is ours although it has no words and came before the vendor’s answer', () => {
    expect(isOwnEcho(contextWith(quotation), echo())).toBe(true);
    expect(unconfirmedOf(contextWith(quotation), echo())).toBe('m1');
  });

  it('is a person’s when we sent no such thing, or a person says so', () => {
    expect(isOwnEcho(contextWith(), echo())).toBe(false);
    expect(isOwnEcho(contextWith(quotation), echo({ kind: 'image' }))).toBe(false);
    expect(isOwnEcho(contextWith(quotation), echo({ sentFromApp: true }))).toBe(false);
    expect(isOwnEcho(contextWith({ ...quotation, providerIds: ['p0'] }), echo())).toBe(false);
  });

  it('is not that of a text, nor the other way round', () => {
    const { file: _, ...text } = quotation;
    expect(isOwnEcho(contextWith({ ...text, text: 'Hello' }), echo())).toBe(false);
    expect(isOwnEcho(contextWith(quotation), echo({ kind: 'text', text: 'We called you' }))).toBe(false);
  });
});

describe('two messages of ours with the same words', () => {
  const { file: _, ...base } = quotation;
  const moment = { ...base, text: 'One moment please' };
  const first = { ...moment, localId: 'm1' };
  const second = { ...moment, localId: 'm2' };
  const back = (messageId: string) => echo({ kind: 'text', text: 'One moment please', messageId });

  it('the echo of the one that has been named says nothing of the other', () => {
    const context = contextWith(first, { ...second, providerIds: ['p2'] });
    expect(unconfirmedOf(context, back('p2'))).toBeNull();
    expect(unconfirmedOf(context, back('p1'))).toBe('m1');
  });

  it('an echo that was taken for the first one’s is given to the second when the channel names it', () => {
    const guessed = contextWith({ ...first, providerIds: ['p2'] }, second);
    const context = { ...guessed, ...confirmSent(guessed, { localId: 'm2', providerIds: ['p2'] }) };
    expect(context.outbound.map(({ providerIds }) => providerIds)).toEqual([[], ['p2']]);
    expect(isOwnEcho(context, back('p1'))).toBe(true);
  });
});
