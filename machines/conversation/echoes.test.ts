import { describe, expect, it } from 'vitest';
import type { OutboundMessage } from './context.ts';
import { initialContext } from './context.ts';
import { isOwnEcho, unconfirmedOf } from './echoes.ts';
import type { ChannelEcho } from './events.ts';
import { confirmSent, hearPart } from './updates/dialogue.ts';

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
    expect(unconfirmedOf(contextWith(quotation), echo())?.localId).toBe('m1');
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
    expect(unconfirmedOf(context, back('p1'))?.localId).toBe('m1');
  });

  it('an echo that was taken for the first one’s is given to the second when the channel names it', () => {
    const guessed = contextWith({ ...first, providerIds: ['p2'] }, second);
    const context = { ...guessed, ...confirmSent(guessed, { localId: 'm2', providerIds: ['p2'] }) };
    expect(context.outbound.map(({ providerIds }) => providerIds)).toEqual([[], ['p2']]);
    expect(isOwnEcho(context, back('p1'))).toBe(true);
  });
});

describe('a message that goes out in parts', () => {
  const { file: _, ...base } = quotation;
  const half = (word: string) => `${word} chair, it is. `.repeat(70).trim();
  const [first, second] = [half('Fine'), half('Old')];
  const long: OutboundMessage = { ...base, by: 'manager', text: `${first}\n\n${second}` };
  type Context = ReturnType<typeof contextWith>;
  const back = (text: string, messageId: string) => echo({ kind: 'text', text, messageId });
  /** What the machine makes of an echo; a person's changes nothing. */
  const hear = (context: Context, event: ChannelEcho): Context => {
    expect(isOwnEcho(context, event)).toBe(true);
    const found = unconfirmedOf(context, event);
    return found === null ? context : { ...context, ...hearPart(context, found.localId, found.part) };
  };

  it('is ours in every part, although all echoes come before the vendor’s answer, in any order', () => {
    const heard = hear(hear(contextWith(long), back(second, 'p2')), back(first, 'p1'));
    expect(heard.outbound[0]?.providerIds).toEqual(['p2', 'p1']);
  });

  it('of which one part came back is not mistaken for another message with the same words', () => {
    const heard = hear(contextWith(long), back(first, 'p1'));
    expect(isOwnEcho(heard, back(first, 'p9'))).toBe(false);
    expect(isOwnEcho(heard, back('I call you at four', 'p9'))).toBe(false);
  });

  it('is closed once the channel has named all its parts, and open while one has no name', () => {
    const context = hear(contextWith(long), back(first, 'p1'));
    const named = { ...context, ...confirmSent(context, { localId: 'm1', providerIds: ['p1', 'p2'] }) };
    expect(named.outbound[0]).toMatchObject({ providerIds: ['p1', 'p2'] });
    expect(isOwnEcho(named, back(second, 'p9'))).toBe(false);
    // The first part was repeated, and the vendor only said that it has it.
    const half = { ...contextWith(long) };
    const open = { ...half, ...confirmSent(half, { localId: 'm1', providerIds: ['p2'], unnamed: 1 }) };
    expect(isOwnEcho(open, back(first, 'p1'))).toBe(true);
  });

  it('keeps what its echoes proved when the vendor only says that it was sent already', () => {
    const context = hear(contextWith(long), back(first, 'p1'));
    const sent = { ...context, ...confirmSent(context, { localId: 'm1', providerIds: [], unnamed: 2 }) };
    expect(sent.outbound[0]?.providerIds).toEqual(['p1']);
    expect(isOwnEcho(sent, back(second, 'p2'))).toBe(true);
  });

  it('is ours with a file before its words', () => {
    const context = contextWith({ ...quotation, text: 'Does it suit?' });
    const heard = hear(hear(context, echo({ messageId: 'p1' })), back('Does it suit?', 'p2'));
    expect(heard.outbound[0]?.providerIds).toEqual(['p1', 'p2']);
    expect(isOwnEcho(heard, echo({ messageId: 'p3' }))).toBe(false);
  });
});

describe('the echo of a text that the channel formats', () => {
  const { file: _, ...base } = quotation;
  const markdown = { ...base, text: '## Chairs\n\n* **CH-616**: 450 AED\n* CH-700: 500 AED' };
  const back = (text: string) => echo({ kind: 'text', text });

  it('is ours whatever became of its marks', () => {
    expect(isOwnEcho(contextWith(markdown), back('*Chairs*\n\n- *CH-616*: 450 AED\n- CH-700: 500 AED'))).toBe(
      true,
    );
  });

  it('is not a word that a person typed meanwhile and that stands in ours, too', () => {
    expect(isOwnEcho(contextWith(markdown), back('chairs'))).toBe(false);
    expect(isOwnEcho(contextWith(markdown), back('👍'))).toBe(false);
  });
});
