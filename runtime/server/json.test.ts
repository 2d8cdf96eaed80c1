import { describe, expect, it } from 'vitest';
import { MAX_JSON_DEPTH, parseJson } from './json.ts';

const parse = (text: string) => parseJson(Buffer.from(text));

describe('parseJson', () => {
  it('takes nesting up to the limit and refuses one level more', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(parse(nested(MAX_JSON_DEPTH)).ok).toBe(true);
    expect(parse(nested(MAX_JSON_DEPTH + 1))).toMatchObject({ ok: false, code: 'too_deep' });
    expect(parse('{"a":'.repeat(MAX_JSON_DEPTH + 1))).toMatchObject({ ok: false, code: 'too_deep' });
  });

  it('does not count brackets inside strings, whatever is escaped', () => {
    expect(parse(JSON.stringify({ text: `"${'['.repeat(200)}\\` }))).toMatchObject({ ok: true });
  });

  it('refuses bytes that are not UTF-8, and accepts Arabic', () => {
    expect(parseJson(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toMatchObject({
      ok: false,
      code: 'invalid_utf8',
    });
    expect(parse('"كرسي"')).toEqual({ ok: true, value: 'كرسي' });
  });
});
