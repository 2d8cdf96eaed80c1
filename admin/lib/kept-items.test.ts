import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noItems } from './kept-items.ts';

const item = fc.record({ id: fc.string({ maxLength: 3 }), value: fc.nat() });

it('holds what a map would hold, and leaves every earlier state as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.array(item, { maxLength: 8 }), { maxLength: 8 }), (batches) => {
      let items = noItems<{ readonly id: string; readonly value: number }>();
      const map = new Map<string, { readonly id: string; readonly value: number }>();
      const states = batches.map((batch) => {
        items = items.with(batch);
        for (const one of batch) map.set(one.id, one);
        return { items, expected: new Map(map) };
      });
      for (const state of states) {
        expect(state.items.size).toBe(state.expected.size);
        expect(new Set(state.items.values())).toEqual(new Set(state.expected.values()));
        for (const [id, one] of state.expected) expect(state.items.get(id)).toBe(one);
      }
      expect(items.get('longer than any')).toBeUndefined();
    }),
  );
});
