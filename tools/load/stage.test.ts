import { expect, test } from 'vitest';
import { coresOf } from './stage.ts';

test('cores are read as taskset names them', () => {
  expect([...coresOf('0')]).toEqual([0]);
  expect([...coresOf('0,2-4,7')]).toEqual([0, 2, 3, 4, 7]);
});
