import type { Schemas } from '@qdrant/js-client-rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type QdrantDouble, startQdrantDouble } from './double.ts';
import { checkValue, wireOperation } from './wire-check.ts';
import { readInterfaces, shippedInterfaces, type WireType } from './wire-types.ts';

const typeOf = (source: string): WireType => {
  const field = readInterfaces(`export interface x { y: ${source} }`).get('x')?.fields.get('y');
  if (!field) throw new Error('no type');
  return field.type;
};
const issueOf = (source: string, value: unknown): string | null => {
  const found = checkValue(typeOf(source), value);
  return found && `${found.path.join('.')} ${found.message}`;
};

describe('types as openapi-typescript writes them', () => {
  test.each<[string, unknown, unknown]>([
    ['number', 1, 'x'],
    ['number', 1.5, Number.NaN],
    ['"a" | "b"', 'a', 'c'],
    ['(string)[]', ['a'], ['a', 1]],
    ['((number)[])[]', [[1]], [['a']]],
    ['{ a: number; b?: string | null; }', { a: 1, b: null }, { b: 'x' }],
    ['{ a: number; }', { a: 1 }, { a: 1, typo: 2 }],
    ['({ [key: string]: number | undefined; }) | null', { x: 1 }, { x: 'y' }],
    ['Record<string, unknown>', { any: 1 }, []],
    ['{ a: number } & { b: number } | "c"', 'c', 'd'],
    ['OneOf<[{ a: number }, { b: string }]>', { b: 'x' }, { c: 1 }],
    ['{ f?: { must: number } | (Record<string, unknown> | null); }', { f: null }, { f: { mist: 1 } }],
  ])('%s', (source, good, bad) => {
    expect(issueOf(source, good)).toBeNull();
    expect(issueOf(source, bad)).not.toBeNull();
  });

  test('the issue names the place', () => {
    expect(issueOf('{ a: ({ b: number })[] }', { a: [{ b: 1 }, { b: 'x' }] })).toBe('a.1.b must be number');
  });

  test('anything new in the file is an error, not a pass', () => {
    expect(() => typeOf('keyof Foo')).toThrow();
    expect(() => typeOf('`x`')).toThrow();
  });
});

describe('the shipped types', () => {
  test('are read whole: every reference leads somewhere', () => {
    const missing: string[] = [];
    const visit = (type: WireType): void => {
      if (type.kind === 'reference') {
        try {
          checkValue(type, undefined);
        } catch {
          missing.push(type.path.join('.'));
        }
      } else if (type.kind === 'object') {
        for (const { type: field } of type.fields.values()) visit(field);
        if (type.rest) visit(type.rest);
      } else if (type.kind === 'array') visit(type.item);
      else if ('parts' in type) type.parts.forEach(visit);
    };
    for (const found of shippedInterfaces().values()) visit(found);
    expect(missing).toEqual([]);
    expect([...shippedInterfaces().keys()]).toEqual(
      expect.arrayContaining(['paths', 'operations', 'components']),
    );
  });

  test('know the routes we use and no others', () => {
    expect(wireOperation('POST', '/collections/{collection_name}/points/query').body).not.toBeNull();
    expect(() => wireOperation('POST', '/collections/{collection_name}/points/query/some')).toThrow();
  });
});

describe('the double', () => {
  let double: QdrantDouble;
  beforeAll(async () => {
    double = await startQdrantDouble();
  });
  afterAll(() => double.close());

  const send = async (method: string, path: string, body: unknown) => {
    const response = await fetch(`${double.url}${path}`, { method, body: JSON.stringify(body) });
    const json = (await response.json()) as { status: { error?: string }; result?: unknown };
    return { status: response.status, error: json.status.error ?? '', result: json.result };
  };
  const config: Schemas['CreateCollection'] = {
    vectors: { dense: { size: 2, distance: 'Cosine' } },
    sparse_vectors: { words: {} },
    strict_mode_config: { enabled: true, unindexed_filtering_retrieve: false },
  };
  const id = '0b8d3f0e-0000-5000-8000-00000000d001';

  test.each<[string, unknown, string]>([
    [
      'a misspelt field',
      { searches: [{ qery: [1, 2], using: 'dense' }] },
      'searches.0.qery is no known field',
    ],
    [
      'a misspelt filter',
      { searches: [{ query: [1, 2], using: 'dense', filter: { mus: [] } }] },
      'searches.0.filter.mus',
    ],
    [
      'a size that does not fit',
      { searches: [{ query: [1, 2, 3], using: 'dense' }] },
      'expected dim: 2, got 3',
    ],
    [
      'a vector that is not there',
      { searches: [{ query: [1, 2], using: 'other' }] },
      'Not existing vector name',
    ],
    [
      'a filter without an index',
      {
        searches: [
          { query: [1, 2], using: 'dense', filter: { must: [{ key: 'lang', match: { value: 'en' } }] } },
        ],
      },
      'Index required but not found for "lang"',
    ],
    [
      'indices that repeat',
      { searches: [{ query: { indices: [1, 1], values: [1, 1] }, using: 'words' }] },
      'unique',
    ],
  ])('refuses %s', async (_, body, error) => {
    await send('PUT', '/collections/some', config);
    const answer = await send('POST', '/collections/some/points/query/batch', body);
    expect(answer).toMatchObject({ status: 400, error: expect.stringContaining(error) });
  });

  test('refuses ids that are no UUIDs, and a second creation', async () => {
    await send('PUT', '/collections/some', config);
    expect((await send('PUT', '/collections/some', config)).status).toBe(409);
    const bad = await send('PUT', '/collections/some/points?wait=true', {
      points: [{ id: 'x', vector: {} }],
    });
    expect(bad).toMatchObject({ status: 400, error: expect.stringContaining('not a valid point ID') });
  });

  test('drops bad vectors silently without wait=true, as the server does (wire/08 §3)', async () => {
    await send('PUT', '/collections/some', config);
    const points = [{ id, vector: { dense: [1, 2, 3] } }];
    const loud = await send('PUT', '/collections/some/points?wait=true', { points });
    const silent = await send('PUT', '/collections/some/points', { points });
    expect([loud.status, silent.status]).toEqual([400, 200]);
    expect(silent.result).toMatchObject({ status: 'acknowledged' });
    expect(double.collections.get('some')?.size).toBe(0);
  });
});
