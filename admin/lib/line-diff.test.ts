import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from './line-diff.ts';

describe('the difference of two texts', () => {
  it('keeps what is common and names what came and went, the gone line before the new one', () => {
    expect(diffLines('a\nb\nc', 'a\nx\nc\nd').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'same a',
      'gone b',
      'new x',
      'same c',
      'new d',
    ]);
  });

  it('holds both texts whole, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before.join('\n'), after.join('\n'));
        const side = (without: string) =>
          lines.filter(({ kind }) => kind !== without).map((line) => line.text);
        expect(side('new')).toEqual(before);
        expect(side('gone')).toEqual(after);
      }),
    );
  });
});
