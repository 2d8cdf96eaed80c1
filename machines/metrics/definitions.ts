/** Every metric by name (domain 22). */

import type { MetricDefinition } from './definition.ts';
import { ANSWERS, DEMAND } from './demand-metrics.ts';
import { COSTS, OUTREACH, PEOPLE, QUALITY } from './effort-metrics.ts';
import { OUTCOME, SALES } from './outcome-metrics.ts';

export * from './definition.ts';

export const METRICS: readonly MetricDefinition[] = [
  ...DEMAND,
  ...ANSWERS,
  ...OUTCOME,
  ...SALES,
  ...OUTREACH,
  ...QUALITY,
  ...PEOPLE,
  ...COSTS,
];

export const metricOf = (id: string): MetricDefinition | null =>
  METRICS.find((metric) => metric.id === id) ?? null;
