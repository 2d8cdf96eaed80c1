import { describe, expect, it } from 'vitest';
import { notesOf } from './release-notes.ts';

const CHANGELOG =
  '# Changelog\n\n## Unreleased\n\n- soon\n\n## 1.2.0 (2026-02-01)\n\n### Added\n\n- A thing.\n\n## 1.1.0\n\n- Old.\n';

describe('release notes', () => {
  it("are the version's own section", () => {
    expect(notesOf('v1.2.0', '1.2.0', CHANGELOG)).toBe('### Added\n\n- A thing.');
    expect(notesOf('v1.1.0', '1.1.0', CHANGELOG)).toBe('- Old.');
  });

  it('are refused for a tag of another version, and for one that nobody wrote about', () => {
    expect(() => notesOf('v1.3.0', '1.2.0', CHANGELOG)).toThrow('v1.2.0');
    expect(() => notesOf('v1.3.0', '1.3.0', CHANGELOG)).toThrow('## 1.3.0');
  });
});
