import { describe, expect, it } from 'vitest';
import { METRICS } from '../../machines/metrics/definitions.ts';
import { DEFINITIONS, NAMES } from './labels.ts';

describe('the names of metrics', () => {
  for (const [locale, names] of Object.entries(NAMES)) {
    it(`are all there in ${locale}, and no more`, () => {
      expect(Object.keys(names).sort()).toEqual(METRICS.map(({ id }) => id).sort());
    });
  }
  for (const [locale, definitions] of Object.entries(DEFINITIONS)) {
    it(`have their meaning in ${locale}, and no more`, () => {
      expect(Object.keys(definitions).sort()).toEqual(METRICS.map(({ id }) => id).sort());
    });
  }
});
