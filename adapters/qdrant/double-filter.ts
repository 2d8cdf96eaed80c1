/** Qdrant's filters as the double understands them, and strict mode's demand for an index on each field (wire/08 §1). */
import type { Schemas } from '@qdrant/js-client-rest';

export type Payload = Readonly<Record<string, unknown>>;
type Filter = Schemas['Filter'];
type Condition = Schemas['Condition'];

export interface Filterable {
  readonly id: string;
  readonly payload: Payload;
}

/** A filter that the double does not know, or that has no index. Answered as a 400. */
export class FilterRefused extends Error {}

const listOf = (conditions: unknown): readonly Condition[] =>
  conditions === null || conditions === undefined
    ? []
    : Array.isArray(conditions)
      ? (conditions as readonly Condition[])
      : [conditions as Condition];

/** Kinds of index that serve each kind of condition. */
const SERVED_BY = {
  match: ['keyword', 'integer', 'bool', 'uuid', 'text'],
  range: ['integer', 'float', 'datetime'],
  is_empty: ['keyword', 'integer', 'float', 'bool', 'uuid', 'text', 'datetime'],
} as const;

/** Throws {@link FilterRefused} at the first condition on a field without a fitting index. */
export const demandIndexes = (
  filter: Filter | null | undefined,
  indexes: ReadonlyMap<string, string>,
): void => {
  if (!filter) return;
  const conditions = [filter.must, filter.must_not, filter.should].flatMap(listOf);
  for (const condition of conditions) {
    const asked = keyOf(condition);
    if (asked === null) {
      if ('must' in condition || 'must_not' in condition || 'should' in condition)
        demandIndexes(condition as Filter, indexes);
      continue;
    }
    const index = indexes.get(asked.key);
    if (index === undefined || !(SERVED_BY[asked.by] as readonly string[]).includes(index)) {
      throw new FilterRefused(
        `Bad request: Index required but not found for "${asked.key}" of one of the following types: [${SERVED_BY[asked.by].join(', ')}]. Help: Create an index for this key or use a different filter.`,
      );
    }
  }
};

const keyOf = (condition: Condition): { key: string; by: keyof typeof SERVED_BY } | null => {
  if ('is_empty' in condition && typeof condition.is_empty === 'object' && condition.is_empty)
    return { key: (condition.is_empty as { key: string }).key, by: 'is_empty' };
  if ('key' in condition) return { key: condition.key, by: condition.range ? 'range' : 'match' };
  return null;
};

export const passes = (point: Filterable, filter: Filter | null | undefined): boolean => {
  if (!filter) return true;
  const should = listOf(filter.should);
  return (
    listOf(filter.must).every((condition) => holds(point, condition)) &&
    !listOf(filter.must_not).some((condition) => holds(point, condition)) &&
    (should.length === 0 || should.some((condition) => holds(point, condition)))
  );
};

const holds = (point: Filterable, condition: Condition): boolean => {
  if ('has_id' in condition) return condition.has_id.includes(point.id);
  if ('is_empty' in condition && typeof condition.is_empty === 'object' && condition.is_empty) {
    const value = point.payload[(condition.is_empty as { key: string }).key];
    return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  }
  if ('key' in condition) {
    const value = point.payload[condition.key];
    if (condition.match) return matches(value, condition.match);
    if (condition.range) return inRange(value, condition.range as Schemas['Range']);
  }
  if ('must' in condition || 'must_not' in condition || 'should' in condition)
    return passes(point, condition as Filter);
  throw new FilterRefused('Bad request: the double does not know this condition');
};

const matches = (value: unknown, match: object): boolean => {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if ('value' in match) return values.includes(match.value);
  if ('any' in match) return (match.any as readonly unknown[]).some((wanted) => values.includes(wanted));
  throw new FilterRefused('Bad request: the double does not know this match');
};

const inRange = (value: unknown, { gt, gte, lt, lte }: Schemas['Range']): boolean =>
  typeof value === 'number' &&
  (gt === undefined || gt === null || value > gt) &&
  (gte === undefined || gte === null || value >= gte) &&
  (lt === undefined || lt === null || value < lt) &&
  (lte === undefined || lte === null || value <= lte);
