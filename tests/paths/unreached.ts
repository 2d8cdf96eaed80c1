/**
 * Transitions that no path takes, each with the reason. The walk's test fails when one is missing here, and when one
 * that stands here is taken after all.
 */
export const UNREACHED: Readonly<Record<string, string>> = {
  'order.selecting: always -> order.selecting':
    'an open question is dropped after four turns, which the walk does not count; see sale/consent.test.ts',
  'order.selecting.deciding: always #3 -> order.exploring':
    'only such a dropped question leaves nothing behind; see sale/consent.test.ts',
  'deal.open: always #2 -> deal.open':
    'the walk’s shop sells one article, and another request needs another one; see deal.test.ts',
};
