/** Domain 17.5: automatic answers rest the outreach until the return and a day, else three days. */
import { describe, expect, it } from 'vitest';
import { readAutoReply } from './auto-reply.ts';

/** Monday 2 March 2026, 14:00 in Dubai. */
const NOW = Date.parse('2026-03-02T10:00:00Z');
const DAY = 24 * 3_600_000;
const until = (text: string) => {
  const found = readAutoReply(text, NOW, 'Asia/Dubai');
  return found === null ? null : new Date(found.until).toISOString();
};
/** Midnight in Dubai. */
const midnight = (day: string) => new Date(Date.parse(`${day}T00:00:00+04:00`)).toISOString();
const THREE_DAYS = new Date(NOW + 3 * DAY).toISOString();

describe('rests until the named return and a day', () => {
  it.each([
    ['I am out of office until 10 March. For urgent matters call reception.', '2026-03-11'],
    ['Automatic reply: I am on leave and will return on March 15th, 2026', '2026-03-16'],
    ['Out of office. Back on 2026-03-09.', '2026-03-10'],
    ["I'm currently out of the office, returning on Thursday.", '2026-03-06'],
    ['AUTO-REPLY: away till 05/03', '2026-03-06'],
    ['رد تلقائي: أنا خارج المكتب حتى 8 مارس', '2026-03-09'],
    ['أنا حالياً خارج المكتب وسأعود يوم الأحد', '2026-03-09'],
  ])('%s', (text, day) => expect(until(text)).toBe(midnight(day)));
});

describe('rests three days when no day is named', () => {
  it.each([
    'This is an automated message. We have received your message.',
    'Thank you for contacting Falcon Trading! We will get back to you as soon as possible.',
    'Thanks for your message. We are unavailable right now, but will respond soon.',
    'Our office is currently closed. We will reply during working hours.',
    'I am out of the office with limited access to email.',
    'شكرا لتواصلكم معنا، سنرد عليكم في أقرب وقت',
    'هذه رسالة تلقائية',
    // A date that no pause should wait for.
    'Automatic reply: I am away until 31 December',
  ])('%s', (text) => expect(until(text)).toBe(THREE_DAYS));
});

describe('a person who writes is answered', () => {
  it.each([
    '',
    'Hi, do you have chairs?',
    'I am travelling until Sunday, can you send the quotation by then?',
    'Thank you for your message! The chairs look good.',
    'Thank you for contacting me, I want 5 desks',
    'We will get back to you',
    'I will reply tomorrow',
    'Are you closed on Friday?',
    'أنا مسافر حتى الأحد، أرسل لي العرض',
    'شكرا لتواصلك، أريد خمسة مكاتب',
    'automatic chairs?',
  ])('%s', (text) => expect(until(text)).toBeNull());
});

it('is judged quickly, whatever is written', () => {
  expect(readAutoReply(`thank you for contacting ${'we '.repeat(20_000)}`, NOW, 'Asia/Dubai')).toBeNull();
});
