/** Hostile inputs: what a stranger might send, and near misses of what is right, which get deeper than noise does. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

/** `TEST_LONG=1` tries 100,000 cases of each decoder, or `TEST_FUZZ_CASES`; every run of the tests a few. */
export const casesOf = (short: number): number =>
  process.env.TEST_LONG === '1' ? Number(process.env.TEST_FUZZ_CASES ?? 100_000) : short;

/** Inputs that broke something once, or are of a kind that breaks others; each is tried in every run, as it lies there. */
export const seedsOf = (
  decoder: 'webhook' | 'frame' | 'api' | 'vendor',
): readonly (readonly [string, Buffer])[] => {
  const folder = join(import.meta.dirname, 'seeds', decoder);
  return readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(join(folder, name))]);
};

const NASTY: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "'; drop table message; --",
  '<script>alert(1)</script>',
  '٣٤٥',
  'a'.repeat(10_000),
  '1970-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  [],
  {},
  [[[[[[]]]]]],
  { toString: 1, valueOf: 2, length: -1 },
  JSON.parse('{"__proto__":{"polluted":true}}'),
];

export const nasty = fc.constantFrom(...NASTY);
export const jsonValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: nasty },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** `base` with some of its fields changed, left out or joined by others. */
export const nearMiss = (base: Readonly<Record<string, unknown>>): fc.Arbitrary<Record<string, unknown>> => {
  const keys = Object.keys(base);
  return fc
    .record({
      changes: fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), jsonValue, { maxKeys: 4 }),
      without: fc.subarray(keys, { maxLength: Math.min(2, keys.length) }),
    })
    .map(({ changes, without }) =>
      Object.fromEntries(
        [...Object.entries(base), ...Object.entries(changes)].filter(([key]) => !without.includes(key)),
      ),
    );
};

/** JSON of `value` as it is, cut, doubled, or with some bytes replaced. */
export const bytesOf = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Buffer> =>
  fc.oneof(
    { weight: 6, arbitrary: value.map((one) => Buffer.from(JSON.stringify(one))) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(value, fc.nat(), fc.nat(255))
        .map(([one, at, byte]) => spoiled(Buffer.from(JSON.stringify(one)), at, byte)),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  );

/** Cut, or with one byte another, or doubled. */
export const spoiled = (bytes: Buffer, at: number, byte: number): Buffer => {
  const place = at % Math.max(1, bytes.length);
  if (byte % 3 === 0) return bytes.subarray(0, place);
  const changed = Buffer.from(bytes);
  changed[place] = byte;
  return byte % 3 === 1 ? changed : Buffer.concat([bytes, changed]);
};
