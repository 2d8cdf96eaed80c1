/**
 * No text makes a regular expression of the product slow (ReDoS): each one, found in the sources or caught as it is
 * built, meets hostile texts made of its own parts, and its time must grow with the text, not with its square.
 * To see it fail: write `/\s+$/` somewhere.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { caught, type Found, productFiles, readSources } from './regex-sources.ts';
import { weaknessOf } from './regex-times.ts';

const weakOf = (found: readonly Found[]): readonly string[] => {
  const different = new Map(found.map((one) => [`/${one.source}/${one.flags}`, one]));
  return [...different].flatMap(([written, one]) => {
    const attack = weaknessOf(one);
    return attack === null ? [] : [`${one.path}: ${written} by ${JSON.stringify(attack)}`];
  });
};

/** The sandbox's own model reads what whoever tries the product types; no customer of a shop meets it. */
const SANDBOX_MODEL = 'adapters/openrouter/salesperson/';
const ofTheShop = (found: readonly Found[]): readonly Found[] =>
  found.filter(({ path }) => !path.startsWith(SANDBOX_MODEL));

const files = productFiles();
const { literals, builders } = readSources(files);

let built: readonly Found[] = [];
beforeAll(async () => {
  built = await caught([...builders.keys()]);
});

describe('the search for regular expressions', () => {
  it('finds those that are written, and the files that build others', () => {
    expect(files.length).toBeGreaterThan(500);
    expect(literals.length).toBeGreaterThan(500);
    expect(builders.size).toBeGreaterThan(10);
  });

  it('catches those that are built while the modules are loaded', () => {
    expect(built.length).toBeGreaterThan(40);
  });

  it.each([
    ['a trailing run', String.raw`\s+$`],
    ['a list of lists', String.raw`^(?:\w+\s?)*$`],
    ['two ways to read one letter', '^(?:a|a)*$'],
  ])('takes %s for the weakness that it is', (_, source) => {
    expect(weaknessOf({ source, flags: '' })).not.toBeNull();
  });

  it.each([String.raw`(?<!\s)\s+$`, '^[a-z]+$', String.raw`[\w.]{1,64}@\w{1,63}`])(
    'takes /%s/ for none',
    (source) => {
      expect(weaknessOf({ source, flags: '' })).toBeNull();
    },
  );
});

describe('no text is slow for', () => {
  it('an expression that is written', () => {
    expect(weakOf(ofTheShop(literals))).toEqual([]);
  });

  it('one that is built of words while its module is loaded', () => {
    expect(weakOf(ofTheShop(built))).toEqual([]);
  });
});
