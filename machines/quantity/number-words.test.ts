import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitsForWords } from './number-words.ts';

describe('number words', () => {
  it.each([
    ['ten chairs', '10 chairs'],
    ['a dozen of them', '12 of them'],
    ['two dozen', '24'],
    ['half a dozen stools', '6 stools'],
    ['twenty-five desks and three sofas', '25 desks and 3 sofas'],
    ['twelve hundred dirhams', '1200 dirhams'],
    ['one thousand two hundred and fifty', '1250'],
    ['a hundred', '100'],
    ['خمسة وعشرين كرسي', '25 كرسي'],
    ['بخمسمئة درهم', 'ب500 درهم'],
    ['ألف ومئتين درهم', '1200 درهم'],
    ['ثلاثة آلاف', '3000'],
    ['خمسة عشر مكتب', '15 مكتب'],
    ['عشر كراسي', '10 كراسي'],
    ['درزن كراسي', '12 كراسي'],
  ])('%s is read as %s', (text, expected) => {
    expect(digitsForWords(text)).toBe(expected);
  });

  it.each(['the first one', 'one of them', 'a chair and a desk', 'and', 'half price', 'no one'])(
    '%s holds no number',
    (text) => {
      expect(digitsForWords(text)).toBe(text);
    },
  );

  it('leaves a text without number words as it is', () => {
    fc.assert(fc.property(fc.stringMatching(/^[0-9 .,!?-]{0,60}$/), (text) => digitsForWords(text) === text));
  });
});
