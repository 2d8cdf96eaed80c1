import { describe, expect, it } from 'vitest';
import { FIELD_CHARS_MAX, printable, printableDeep } from './printable.ts';

const ZERO_WIDTH = /\u200b/g;

describe('a printable text', () => {
  it('keeps both scripts, accents, vowel marks and signs', () => {
    for (const text of ['Omar & Søn — 5% [#1] $2 *x*', 'مُقدَّم إلى «عمر»، الطابق ٣', 'Dock™ ©2026 ®', 'Иван']) {
      expect(printable(text)).toBe(text);
    }
  });

  it('loses what no font draws and what turns a whole line', () => {
    expect(printable('Omar\u202e evil\u0000 😀👍🏽🇦🇪 \ud800 \ufeffend\r\n2nd')).toBe('Omar evil end 2nd');
  });

  it('may be broken inside a word that is wider than its column, and nowhere else', () => {
    const long = 'W'.repeat(100);
    expect(printable(`a ${long} b`)).toContain('\u200b');
    expect(printable(`a ${long} b`).replace(ZERO_WIDTH, '')).toBe(`a ${long} b`);
    expect(printable('omar@gulfstar.example')).not.toMatch(ZERO_WIDTH);
  });

  it('has an end', () => {
    const cut = printable('word '.repeat(1000));
    expect(cut.length).toBeLessThanOrEqual(FIELD_CHARS_MAX);
    expect(cut.endsWith('…')).toBe(true);
  });

  it('keeps the order of sizes inside Arabic', () => {
    expect(printable('المقاس 120 × 60 سم')).toBe('المقاس \u2066120 × 60\u2069 سم');
  });

  it('is made of every text of a sheet, and of nothing else', () => {
    expect(printableDeep({ a: ['x\u0000'], b: { c: 1, d: null, e: true } })).toEqual({
      a: ['x'],
      b: { c: 1, d: null, e: true },
    });
  });
});
