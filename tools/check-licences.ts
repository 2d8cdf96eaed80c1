/** Every package of the lock file has a licence that the MIT licence of this program can live with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** May be passed on with the program; MPL and EPL ask only for what was changed in their own files. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'EPL-2.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'OFL-1.1',
  'PostgreSQL',
  'Unlicense',
]);

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly license?: string; readonly link?: boolean }>>;
}

/** `OR` is ours to choose, `AND` is not. */
export const isAllowed = (expression: string): boolean =>
  expression
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => ALLOWED.has(part.trim())));

/** `path: licence` of each package that is not allowed. */
export const refused = (lock: LockFile): readonly string[] =>
  Object.entries(lock.packages)
    .filter(([path, { link }]) => path !== '' && link !== true)
    .filter(([, { license }]) => license === undefined || !isAllowed(license))
    .map(([path, { license }]) => `${path}: ${license ?? 'tells no licence'}`);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = join(import.meta.dirname, '..', 'package-lock.json');
  const bad = refused(JSON.parse(readFileSync(file, 'utf8')) as LockFile);
  for (const line of bad) process.stdout.write(`${line}\n`);
  process.stdout.write(`licences: ${bad.length} refused\n`);
  process.exitCode = bad.length > 0 ? 1 : 0;
}
