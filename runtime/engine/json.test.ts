import { describe, expect, it } from 'vitest';
import { encodeJson, viaJson } from './json.ts';
import { leafPaths } from './state-paths.ts';

describe('JSON for PostgreSQL', () => {
  it('replaces NUL and halves of surrogate pairs, which jsonb refuses', () => {
    expect(viaJson({ text: 'a\u0000b' })).toEqual({ text: 'a\ufffdb' });
    expect(viaJson('😀'.slice(0, 1))).toBe('\ufffd');
    expect(viaJson('x\udc00')).toBe('x\ufffd');
  });

  it('keeps whole emoji, Arabic and text that only looks like an escape', () => {
    for (const text of ['😀 مرحبا', 'a\\u0000b', '\\\\ud83d', '"\n\t\u0001'])
      expect(viaJson(text)).toBe(text);
  });

  it('writes undefined as null', () => {
    expect(encodeJson(undefined)).toBe('null');
  });
});

describe('state paths', () => {
  it('are the sorted leaves', () => {
    expect(leafPaths('idle')).toEqual(['idle']);
    expect(leafPaths({ turn: { working: 'thinking' }, owner: 'bot' })).toEqual([
      'owner.bot',
      'turn.working.thinking',
    ]);
  });
});
