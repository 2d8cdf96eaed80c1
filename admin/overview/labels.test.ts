import { describe, expect, it } from 'vitest';
import { METRICS } from '../../machines/metrics/definitions.ts';
import { NAMES } from './labels.ts';

describe('the names of metrics', () => {
  for (const [locale, names] of Object.entries(NAMES)) {
    it(`are all there in ${locale}, and no more`, () => {
      expect(Object.keys(names).sort()).toEqual(METRICS.map(({ id }) => id).sort());
    });
  }
});
