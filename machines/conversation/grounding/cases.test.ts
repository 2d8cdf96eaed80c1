import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BAD_ARABIC } from './cases/bad-arabic.ts';
import { BAD_ENGLISH } from './cases/bad-english.ts';
import { BAD_SPOKEN } from './cases/bad-spoken.ts';
import { GOOD_ARABIC } from './cases/good-arabic.ts';
import { GOOD_ENGLISH } from './cases/good-english.ts';
import { SCENES, type SceneName } from './cases/scenes.ts';
import { findFaults } from './ground.ts';

const good = [GOOD_ENGLISH, GOOD_ARABIC].flatMap((set) =>
  Object.entries(set).flatMap(([scene, replies]) =>
    replies.map((reply) => [scene as SceneName, reply] as const),
  ),
);
const bad = [...BAD_ENGLISH, ...BAD_ARABIC, ...BAD_SPOKEN].flatMap(({ family, scene, replies }) =>
  replies.map((reply) => [family, scene, reply] as const),
);

describe('the adversarial set', () => {
  it('is large enough to mean something', () => {
    expect(good.length).toBeGreaterThanOrEqual(150);
    expect(bad.length).toBeGreaterThanOrEqual(150);
  });

  it.each(good)('lets a true reply through (%s): %s', (scene, reply) => {
    expect(findFaults(reply, SCENES[scene])).toEqual([]);
  });

  it.each(bad)('stops for its %s (%s): %s', (family, scene, reply) => {
    expect(findFaults(reply, SCENES[scene]).map((fault) => fault.family)).toContain(family);
  });
});

describe('hostile replies', () => {
  it.each([
    'a ',
    '1 ',
    '1,',
    'AED 1 ',
    'ch-1',
    'not ',
    'we will send ',
    'manager will ',
    '10% ',
    'the desk of ',
    'خصم ',
    'التوصيل ',
    '1 x ',
    'CH-616 ',
    '. ',
  ])('made of %j are judged in little time', (piece) => {
    const started = performance.now();
    findFaults(piece.repeat(4000 / piece.length), SCENES.order);
    // Generous: what it must catch takes minutes.
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('never fail the judge, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) =>
        Array.isArray(findFaults(text, SCENES.order)),
      ),
      { numRuns: 40 },
    );
  });
});

describe('what a customer claims', () => {
  it('never becomes a price of ours, whatever the amount and the words around it (lesson F-19)', () => {
    const amount = fc.integer({ min: 5, max: 300 });
    const yes = fc.constantFrom(
      'Yes, it is # AED.',
      'OK, # AED per chair.',
      'Sure, # AED works.',
      'The price is # AED.',
      'نعم، # درهم.',
      'السعر # درهم.',
    );
    fc.assert(
      fc.property(amount, yes, (price, reply) => {
        const arabic = /\p{Script=Arabic}/u.test(reply);
        const facts = {
          ...SCENES.shop,
          language: arabic ? 'ar' : 'en',
          customerWords: [`My friend got CH-616 for ${price} AED`],
        } as const;
        expect(findFaults(reply.replace('#', String(price)), facts).map(({ family }) => family)).toContain(
          'amount',
        );
      }),
      { numRuns: 60 },
    );
  });
});
