import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrub } from './scrub.ts';
import { keptSummary, SUMMARY_MAX_CHARS, summaryMessages } from './summary-prompt.ts';

const NOBODY = { names: [], phrases: [] };
const digitsOf = (length: { min: number; max: number }) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length.min, maxLength: length.max })
    .map((digits) => digits.join(''));
/** Any text, and text that is likely to touch a number or an address in an unlucky way. */
const around = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...' .-+()[]@1٢abب\u200d\n') }),
);

describe('scrub', () => {
  it.each([
    ['Call me on +971 50 123 4567 please', 'Call me on [number] please'],
    ['00971-50-1234567', '[number]'],
    ['رقمي ٠٥٠١٢٣٤٥٦٧', 'رقمي [number]'],
    ['write to ahmed.k@example.co.ae today', 'write to [e-mail] today'],
    ['ahmed (at) example.com', '[e-mail]'],
    ['see https://wa.me/971501234567?text=hi', 'see [link]'],
    ['my insta is @ahmed.k', 'my insta is [name]'],
    ['five\u200b0\u200b5\u200b0\u200b1\u200b2\u200b3\u200b4\u200b5', 'five[number]'],
  ])('%j becomes %j', (text, expected) => expect(scrub(text, NOBODY)).toBe(expected));

  it.each([
    '10 chairs CH-616-BLK at AED 1,250.00 each, 12,500.00 in all',
    'total 125000.50 AED, 160 x 80 x 75 cm, 9719-4',
    'agreed on 2026-03-01, budget 50000, 10 @ 450 AED',
  ])('%j stays as it is', (text) => expect(scrub(text, NOBODY)).toBe(text));

  it('takes out what is known whatever signs it is written with', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[-a-z0-9.+*?^${}()|[\]\\/@_~#,;:=!<>&%]{1,30}$/), (sign) => {
        const known = { names: [], phrases: [`Falcon${sign}Trading`] };
        expect(scrub(`We are falcon${sign}trading today`, known)).not.toContain(`falcon${sign}trading`);
      }),
    );
    expect(scrub('to buyer-12 of Jean-Luc', { names: ['Jean-Luc'], phrases: [] })).toContain('[name]');
  });

  it('takes known names out in any case and script, and leaves words alone that only contain them', () => {
    const known = {
      names: ['Ahmed Al Mansoori', 'سارة'],
      phrases: ['Blue Palm Trading LLC', 'Villa 12, Al Wasl Road'],
    };
    const text =
      'AHMED wants desks for Blue Palm  Trading LLC at villa 12, al wasl road. Mansoori’s wife وسارة agreed; Ali did not.';
    expect(scrub(text, known)).toBe(
      'AHMED wants desks for Blue Palm Trading LLC at villa 12, al wasl road. Mansoori’s wife وسارة agreed; Ali did not.'
        .replace('AHMED', '[name]')
        .replace('Blue Palm Trading LLC', '[name]')
        .replace('villa 12, al wasl road', '[name]')
        .replace('Mansoori', '[name]')
        .replace('سارة', '[name]'),
    );
    expect(
      scrub('office furniture for Office Furniture Dubai', {
        names: ['Office Furniture Dubai'],
        phrases: [],
      }),
    ).toBe('office furniture for [name]');
  });

  it('takes names out that hold marks which mean something to a pattern', () => {
    const phrases = ['buyer-7@acme.example', 'Al-Noor (Trading) + Co.', 'A/B [Gulf] {x}^$|?*'];
    for (const phrase of phrases)
      expect(scrub(`we are ${phrase} here`, { names: [], phrases })).not.toContain(phrase);
  });

  it('never lets a phone through, however it is written and whatever stands around it', () => {
    const separator = fc.constantFrom('', ' ', '-', '.', ') ', ' (', '\u00a0', '\u200f');
    const phone = fc
      .tuple(digitsOf({ min: 7, max: 15 }), fc.array(separator, { minLength: 15, maxLength: 15 }))
      .map(([digits, between]) =>
        [...digits].map((digit, i) => (i === 0 ? '' : between[i]) + digit).join(''),
      );
    const zeros = fc.constantFrom(0x30, 0x660, 0x6f0, 0xff10, 0x966);
    fc.assert(
      fc.property(around, phone, around, zeros, (before, number, after, zero) => {
        const written = number.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
        const kept = scrub(`${before} ${written} ${after}`, NOBODY);
        expect(kept).not.toMatch(/\d{7,}/);
        expect(kept).not.toMatch(/\p{Nd}{7,}/u);
        expect(kept).toContain('[');
      }),
      { numRuns: 500 },
    );
  });

  it('never lets an e-mail address through', () => {
    fc.assert(
      fc.property(around, fc.emailAddress(), around, (before, address, after) => {
        expect(scrub(`${before} ${address} ${after}`, NOBODY)).not.toContain(address);
        expect(scrub(address, NOBODY)).not.toContain('@');
      }),
      { numRuns: 500 },
    );
  });

  it('never lets a known name through', () => {
    const name = fc
      .stringMatching(/^[A-Z][a-z]{3,10}( [A-Z][a-z]{3,10})?$/)
      .filter((text) => !/name|mail|link|number/i.test(text));
    fc.assert(
      fc.property(around, name, around, (before, known, after) => {
        const kept = scrub(`${before} ${known} ${after}`, { names: [known], phrases: [] });
        expect(kept.toLowerCase().split(/[^\p{L}\p{N}]+/u)).not.toContain(known.toLowerCase());
      }),
    );
  });

  it('changes nothing more the second time', () => {
    fc.assert(
      fc.property(around, (text) => {
        const once = scrub(text, NOBODY);
        expect(scrub(once, NOBODY)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it('answers at once on texts made to be slow', () => {
    const began = performance.now();
    for (const piece of ['1', '1 ', '1-', '@', 'a@', '(', 'a (at', 'www.', ' ', '+1('])
      scrub(piece.repeat(20_000), NOBODY);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe('a summary', () => {
  it('is asked for without what identifies the customer, and within bounds', () => {
    const lines = Array.from({ length: 200 }, (_, i) => ({
      from: 'customer' as const,
      text: `line ${i}: I am Ahmed, 0501234567, ${'x'.repeat(5000)}`,
    }));
    const [, user] = summaryMessages(lines, { names: ['Ahmed'], phrases: [] });
    expect(user.content).not.toMatch(/Ahmed|0501234567/);
    expect(user.content).toContain('line 199');
    expect(user.content).not.toContain('line 119:');
    expect(user.content.length).toBeLessThan(60_000);
  });

  it('is cut to 1,200 characters at the end of a sentence, and is nothing when nothing was said', () => {
    const kept = keptSummary('The customer wants ten chairs. '.repeat(100), NOBODY);
    expect(kept?.length).toBeLessThanOrEqual(SUMMARY_MAX_CHARS);
    expect(kept?.endsWith('chairs.')).toBe(true);
    expect(keptSummary('word '.repeat(1000), NOBODY)?.length).toBeLessThanOrEqual(SUMMARY_MAX_CHARS);
    expect(keptSummary('😀'.repeat(1000), NOBODY)?.isWellFormed()).toBe(true);
    expect(keptSummary(null, NOBODY)).toBeNull();
    expect(keptSummary(' ok ', NOBODY)).toBeNull();
  });
});
