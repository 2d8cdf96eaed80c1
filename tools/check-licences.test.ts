import { describe, expect, it } from 'vitest';
import { isAllowed, refused } from './check-licences.ts';

describe('licences', () => {
  it('may be chosen among with OR, and must all do with AND', () => {
    for (const good of ['MIT', '(MIT OR CC0-1.0)', 'EPL-2.0 OR GPL-3.0-or-later', 'MIT AND OFL-1.1'])
      expect(isAllowed(good), good).toBe(true);
    for (const bad of ['GPL-3.0-only', 'AGPL-3.0', 'MIT AND GPL-3.0-only', 'UNLICENSED', ''])
      expect(isAllowed(bad), bad).toBe(false);
  });

  it('must be told by each package', () => {
    const lock = {
      packages: {
        '': {},
        'node_modules/a': { license: 'MIT' },
        'node_modules/b': {},
        'node_modules/c': { license: 'SSPL-1.0' },
      },
    };
    expect(refused(lock)).toEqual(['node_modules/b: tells no licence', 'node_modules/c: SSPL-1.0']);
  });
});
