import { expect, it } from 'vitest';
import { MAX_RECENT, makeRecent } from './recent.ts';

it('answers quantiles of the newest observations only, and nothing before the first', () => {
  const recent = makeRecent();
  expect(recent.quantiles('reply', [0.5])).toBeNull();
  recent.add('reply', 3);
  recent.add('reply', 1);
  recent.add('reply', 2);
  expect(recent.quantiles('reply', [0, 0.5, 0.95])).toEqual([1, 2, 3]);
  for (let index = 0; index < MAX_RECENT; index++) recent.add('reply', 10 + (index % 100));
  expect(recent.quantiles('reply', [0, 0.5, 0.95, 1])).toEqual([10, 59, 104, 109]);
  expect(recent.quantiles('commit', [0.5])).toBeNull();
});
