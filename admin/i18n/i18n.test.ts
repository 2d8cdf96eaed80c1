import { describe, expect, it } from 'vitest';
import { ar } from './ar.ts';
import { type Catalogue, type Entry, en, type MessageKey } from './en.ts';
import { fill } from './i18n.ts';
import { ru } from './ru.ts';

const others: Readonly<Record<string, Catalogue>> = { ar, ru };
const keys = Object.keys(en) as MessageKey[];
const texts = (entry: Entry): readonly string[] =>
  typeof entry === 'string' ? [entry] : Object.values(entry);
const holes = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

describe('the catalogues', () => {
  for (const [name, catalogue] of Object.entries(others)) {
    it(`${name} says everything, with the same places to fill`, () => {
      for (const key of keys) {
        const wanted = holes(texts(en[key]).at(-1) ?? '');
        for (const text of texts(catalogue[key])) {
          expect(text.trim(), key).not.toBe('');
          // A plural form may spell its number out ("one", "two"), and so leave `n` out.
          const filled = holes(text);
          expect(
            wanted.filter((hole) => hole !== 'n'),
            key,
          ).toEqual(filled.filter((hole) => hole !== 'n'));
          expect(
            filled.every((hole) => wanted.includes(hole)),
            key,
          ).toBe(true);
        }
      }
    });

    it(`${name} has the plural forms of its language`, () => {
      const forms = new Intl.PluralRules(name).resolvedOptions().pluralCategories;
      for (const key of keys) {
        if (typeof en[key] === 'string') continue;
        const entry = catalogue[key];
        expect(typeof entry === 'string' ? [] : Object.keys(entry).sort(), key).toEqual([...forms].sort());
      }
    });
  }

  it('chooses the form and fills the places', () => {
    expect(fill(en, 'en-GB', 'unanswered', { n: 1 })).toBe('1 unanswered message');
    expect(fill(en, 'en-GB', 'unanswered', { n: 4 })).toBe('4 unanswered messages');
    expect(fill(ru, 'ru-RU', 'unanswered', { n: 3 })).toContain('3 ');
    expect(fill(ru, 'ru-RU', 'unanswered', { n: 3 })).not.toBe(fill(ru, 'ru-RU', 'unanswered', { n: 5 }));
    expect(fill(en, 'en-GB', 'ignoredWhy', { reason: 'late' })).toBe('No effect: late');
  });
});
