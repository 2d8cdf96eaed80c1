import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, diffJson } from './diff.ts';
import { viaJson } from './json.ts';
import type { Change } from './types.ts';

const limits = { changesPerStep: 200, oldValueChars: 2000 };
const stored = (changes: readonly Change[]): readonly Change[] => viaJson(changes) as readonly Change[];

describe('the journal of changes', () => {
  it('folds to the state it was taken from, whatever the states are', () => {
    const states = fc.array(
      fc.oneof(
        { weight: 1, arbitrary: fc.jsonValue() },
        {
          weight: 4,
          arbitrary: fc.record(
            {
              value: fc.constantFrom(
                'idle',
                { turn: 'idle', owner: 'bot' },
                { turn: { working: 'thinking' } },
              ),
              context: fc.dictionary(
                fc.oneof(
                  fc.constantFrom('lines', '__proto__', 'a/b', 'c~d', ''),
                  fc.string({ maxLength: 3 }),
                ),
                fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.array(fc.integer({ min: 0, max: 3 }))),
                { maxKeys: 5, noNullPrototype: true },
              ),
            },
            { noNullPrototype: true },
          ),
        },
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(states, fc.integer({ min: 1, max: 300 }), (sequence, changesPerStep) => {
        let before: unknown;
        let folded: unknown;
        for (const state of sequence) {
          folded = applyChanges(folded, stored(diffJson(before, state, { ...limits, changesPerStep })));
          before = state;
          expect(JSON.parse(JSON.stringify(folded))).toEqual(viaJson(state));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says of a list that keeps the last few what fell out and what came in', () => {
    const before = { lines: ['a', 'b', { c: 1 }, 'd', 'end'] };
    const after = { lines: ['b', { c: 1 }, 'd', 'e', 'f', 'end'] };
    const changes = diffJson(before, after, limits);
    expect(changes).toEqual([
      { op: 'remove', path: '/lines/0', old: 'a' },
      { op: 'add', path: '/lines/3', value: 'e' },
      { op: 'add', path: '/lines/4', value: 'f' },
    ]);
    expect(applyChanges(before, changes)).toEqual(after);
  });

  it('folds lists that slide, shrink and grow at random', () => {
    const list = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 8 });
    fc.assert(
      fc.property(list, list, fc.nat(4), (head, tail, cut) => {
        const before = { list: [...head, ...tail] };
        const after = { list: [...before.list.slice(cut), ...head] };
        expect(applyChanges(before, diffJson(before, after, limits))).toEqual(after);
      }),
    );
  });

  it('starts with one add of everything', () => {
    expect(diffJson(undefined, { value: 'a', context: {} }, limits)).toEqual([
      { op: 'add', path: '', value: { value: 'a', context: {} } },
    ]);
  });

  it('names only what changed, with the old value', () => {
    const before = { context: { name: null, lines: [{ sku: 'A', quantity: 1 }], gone: 1 } };
    const after = { context: { name: 'x', lines: [{ sku: 'A', quantity: 2 }, { sku: 'B' }] } };
    expect(diffJson(before, after, limits)).toEqual([
      { op: 'replace', path: '/context/name', value: 'x', old: null },
      { op: 'replace', path: '/context/lines/0/quantity', value: 2, old: 1 },
      { op: 'add', path: '/context/lines/1', value: { sku: 'B' } },
      { op: 'remove', path: '/context/gone', old: 1 },
    ]);
  });

  it('inserts and removes in the middle of a list without rewriting the rest', () => {
    expect(diffJson([1, 2, 3, 4], [1, 3, 4], limits)).toEqual([{ op: 'remove', path: '/1', old: 2 }]);
    expect(diffJson([1, 3], [1, 2, 3], limits)).toEqual([{ op: 'add', path: '/1', value: 2 }]);
  });

  it('sees nothing where JSON sees nothing', () => {
    expect(diffJson({ a: 1, b: undefined }, { a: 1 }, limits)).toEqual([]);
    expect(diffJson({ at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }, limits)).toEqual([]);
  });

  it('stays bounded: too many changes become one replacement, long old values are left out', () => {
    const many = (n: number) => Object.fromEntries(Array.from({ length: 300 }, (_, i) => [i, n]));
    expect(diffJson(many(1), many(2), limits)).toEqual([{ op: 'replace', path: '', value: many(2) }]);
    const long = 'x'.repeat(3000);
    expect(diffJson({ a: long }, { a: '' }, limits)).toEqual([{ op: 'replace', path: '/a', value: '' }]);
  });

  it('refuses changes that do not belong to the state', () => {
    expect(() => applyChanges({ a: 1 }, [{ op: 'replace', path: '/b/c', value: 1 }])).toThrow(RangeError);
  });
});
