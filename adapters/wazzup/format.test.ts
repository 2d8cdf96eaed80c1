import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitText, toWhatsApp } from './format.ts';

describe('markdown becomes WhatsApp’s marks (domain 4.12)', () => {
  test.each([
    ['**Price:** 450.00 AED', '*Price:* 450.00 AED'],
    ['**bold** and *italic*', '*bold* and _italic_'],
    ['***both***', '*_both_*'],
    ['*already bold*', '*already bold*'],
    ['_italic_', '_italic_'],
    ['__bold__', '*bold*'],
    ['~~450~~ 400', '~450~ 400'],
    ['## Our offer ##', '*Our offer*'],
    ['### **Our** offer', '*Our offer*'],
    ['* one\n* two\n  + three', '- one\n- two\n  - three'],
    ['1. one\n2. two', '1. one\n2. two'],
    ['[the site](https://example.test/a)', 'the site: https://example.test/a'],
    ['[https://example.test](https://example.test)', 'https://example.test'],
    ['![photo](https://example.test/p.jpg) of it', 'photo of it'],
    ['use `CH-616`', 'use CH-616'],
    ['a\n\n---\n\nb', 'a\n\nb'],
    ['a\n***\nb', 'a\nb'],
    ['> quoted', 'quoted'],
    ['CH_616_BLK and 120*60*75', 'CH_616_BLK and 120*60*75'],
    ['5 \\* 3', '5 * 3'],
    ['a **broken mark', 'a broken mark'],
    ['**كرسي مريح** بسعر 450 درهم', '*كرسي مريح* بسعر 450 درهم'],
    ['a<br>b', 'a\nb'],
    ['```js\nlet **x**\n```', '```\nlet **x**\n```'],
    ['a\n\n\n\nb  ', 'a\n\nb'],
  ])('%j → %j', (markdown, expected) => {
    expect(toWhatsApp(markdown)).toBe(expected);
  });

  test('a table becomes a list that keeps its headings', () => {
    const table =
      '| Item | Price | Stock |\n|---|:--:|---:|\n| **CH-616** | 450.00 AED | 12 |\n| DK-1 | 900.00 AED | |\nDone.';
    expect(toWhatsApp(table)).toBe(
      '- *CH-616*, Price: 450.00 AED, Stock: 12\n- DK-1, Price: 900.00 AED\nDone.',
    );
  });

  test('a hostile text takes no noticeable time', () => {
    const started = performance.now();
    for (const piece of ['** ', '*a', '[', '| - ', '`', '__a', '~~', ' '])
      toWhatsApp(`**${piece.repeat(8000 / piece.length)}x`);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('no text leaves with leftover marks', () => {
    const word = fc.constantFrom(
      'chair',
      '**',
      '*',
      '__',
      '# ',
      '\n',
      '| a |',
      '|--|',
      '- ',
      '450.00',
      'كرسي',
      '`x`',
      '[a](b)',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const once = toWhatsApp(words.join(''));
        expect(once).not.toContain('**');
        expect(once).not.toMatch(/^#{1,6} /m);
        expect(once).not.toContain('\u0001');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a long text', () => {
  test('is cut between paragraphs first', () => {
    expect(splitText('first paragraph\n\nsecond paragraph\n\nthird', 25)).toEqual([
      'first paragraph',
      'second paragraph\n\nthird',
    ]);
  });

  test('is cut between sentences, in Arabic too', () => {
    expect(splitText('هل تحتاج كراسي؟ لدينا الكثير منها في المخزن.', 30)).toEqual([
      'هل تحتاج كراسي؟',
      'لدينا الكثير منها في المخزن.',
    ]);
  });

  test('of the usual size stays whole, and nothing stays nothing', () => {
    expect(splitText('Hello')).toEqual(['Hello']);
    expect(splitText(' \n ')).toEqual([]);
  });

  test('loses nothing but white space, and no part is empty or too long', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.integer({ min: 20, max: 60 }),
        (text, limit) => {
          const parts = splitText(text, limit);
          for (const part of parts) expect(part.length > 0 && part.length <= limit).toBe(true);
          expect(parts.join('').replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
        },
      ),
    );
  });

  test('refuses a limit that is a mistake', () => {
    expect(() => splitText('text', 1)).toThrow(RangeError);
  });
});
