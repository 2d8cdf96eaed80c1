/** docs/security.md says which test proves which defence; this holds it to that, with what can be seen in the files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const textOf = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

/** Rows of the table of threats: the threat, and its tests as file and name. */
const threats = textOf('docs/security.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (Threat |-)/.test(line))
  .map((line) => {
    const [threat = '', , tests = ''] = line.slice(2).split(' | ');
    const named = [...tests.matchAll(/`([^`]+)` "([^"]+)"/g)].map(([, file = '', name = '']) => ({
      file,
      name,
    }));
    return { threat: threat.trim(), named };
  });

/** Whether a test of that name is there: a title, or a row of a table of cases. */
const hasTest = (source: string, name: string): boolean =>
  ["'", '"', '`'].some((quote) => source.includes(`${quote}${name}${quote}`));

describe('the table of threats', () => {
  it.each([
    'Webhook forging',
    'Prompt injection',
    'Access across customers',
    'Stored XSS',
    'SSRF',
    'session',
    'CSRF',
    'Brute force',
    'ReDoS',
    'Bombs',
    'Leaks',
    'Supply chain',
  ])('has a row for %s', (word) => {
    expect(threats.filter(({ threat }) => threat.includes(word))).toHaveLength(1);
  });

  it.each(threats)('$threat: each test that is named exists', ({ named }) => {
    expect(named.length).toBeGreaterThan(0);
    for (const { file, name } of named) {
      expect(file).toMatch(/\.test\.tsx?$/);
      expect(existsSync(join(ROOT, file)), file).toBe(true);
      expect(hasTest(textOf(file), name), `${file}: ${name}`).toBe(true);
    }
  });

  it('would notice a name that is gone', () => {
    expect(hasTest(textOf('runtime/server/media.test.ts'), 'can be made by anybody')).toBe(false);
  });
});

describe('the admin', () => {
  it('never makes markup of text', () => {
    const files = readdirSync(join(ROOT, 'admin'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.tsx?$/.test(name) && !name.includes('.test.'),
    );
    expect(files.length).toBeGreaterThan(100);
    const forbidden =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|createContextualFragment|\beval\(|new Function\(/;
    expect(files.filter((name) => forbidden.test(textOf(join('admin', name))))).toEqual([]);
  });
});

/** Entries that the lock file holds without a hash. None of these platforms is that of our image (glibc, x64 or arm64). */
const WITHOUT_HASH = [
  ...[
    'android-arm64',
    'android-x64',
    'darwin-arm64',
    'darwin-x64',
    'linux-arm64-musl',
    'linux-x64-musl',
    'win32-arm64',
    'win32-x64',
  ].map((platform) => `node_modules/@biomejs/cli-${platform}`),
  ...[
    'android-arm-eabi',
    'android-arm64',
    'darwin-arm64',
    'darwin-x64',
    'linux-arm-gnueabihf',
    'linux-arm64-gnu',
    'linux-arm64-musl',
    'win32-arm64-msvc',
    'win32-x64-msvc',
  ].map((platform) => `node_modules/@myriaddreamin/typst-ts-node-compiler-${platform}`),
];

describe('the lock file', () => {
  const { packages } = JSON.parse(textOf('package-lock.json')) as {
    packages: Record<string, { integrity?: string; resolved?: string; link?: boolean; version?: string }>;
  };
  const fetched = Object.entries(packages).filter(([path, { link }]) => path !== '' && link !== true);

  it('has a hash of each package but those of other platforms that are listed', () => {
    const bare = fetched
      .filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''))
      .map(([path]) => path);
    expect(bare.sort()).toEqual([...WITHOUT_HASH].sort());
  });

  it('names no place to fetch from: the registry of whoever installs is asked, and the hash decides', () => {
    const placed = fetched.filter(([, { resolved }]) => resolved !== undefined);
    expect(placed.map(([path]) => path)).toEqual([]);
  });

  it('is of exact versions', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      textOf('package.json'),
    ) as Record<string, Record<string, string>>;
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    }))
      expect(version, name).toMatch(/^(npm:@[\w/.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/);
  });
});
