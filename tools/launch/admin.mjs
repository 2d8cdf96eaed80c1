/** The admin's bundle in `dist/admin`, rebuilt when its sources changed. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compressFolder } from './compress.mjs';
import { explain, LaunchFault, progress } from './fault.mjs';
import { requireNode24 } from './node24.mjs';
import { MODULES, ROOT } from './paths.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const TARGET = join(ROOT, 'dist', 'admin');
const STAMP = join(ROOT, 'dist', 'admin.digest');
const ENTRY = join(ROOT, 'admin', 'index.html');
/** `machines` because the admin shows their pure code; the lock file because packages end up in the bundle. */
const SOURCES = ['admin', 'machines', 'package-lock.json', 'tools/launch/compress.mjs'];

const addTo = (hash, path) => {
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) addTo(hash, child);
    else if (!/\.test\.tsx?$/.test(entry.name)) hash.update(`${child}\0`).update(readFileSync(child));
  }
};

/** Of contents, not of times: a checkout and an image layer change times only. */
const digest = () => {
  const hash = createHash('sha256');
  for (const source of SOURCES.map((name) => join(ROOT, name)).filter((path) => existsSync(path))) {
    if (/\.(json|mjs)$/.test(source)) hash.update(readFileSync(source));
    else addTo(hash, source);
  }
  return hash.digest('hex');
};

/** True when the bundle is there and fresh, or when this copy has no sources to build it from (an image). */
export const isAdminBuilt = () => {
  if (!existsSync(ENTRY)) return true;
  return existsSync(join(TARGET, 'index.html')) && readStamp(STAMP) === digest();
};

/** Builds beside the old bundle and swaps, so that a failed build leaves the old one in place. */
export const buildAdmin = () => {
  const vite = join(MODULES, 'vite', 'bin', 'vite.js');
  if (!existsSync(vite))
    throw new LaunchFault(
      'The admin must be built and Vite is not installed: run `npm ci --include=dev`, then `npm run build`.',
    );
  progress('Building the admin …');
  const beside = join(ROOT, 'dist', `admin.new-${process.pid}`);
  const built = digest();
  const args = [
    vite,
    'build',
    '--config',
    join(ROOT, 'admin', 'vite.config.ts'),
    '--outDir',
    beside,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ];
  const result = spawnSync(requireNode24(), args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  try {
    if (result.status !== 0) {
      const said = `${result.error?.message ?? ''}${result.stdout ?? ''}${result.stderr ?? ''}`;
      throw (
        explain(/EACCES|EROFS|ENOSPC/.exec(said)?.[0] ?? '', join(ROOT, 'dist')) ??
        new LaunchFault(`The admin does not build:\n${said.trim()}`)
      );
    }
    compressFolder(beside);
    rmSync(TARGET, { recursive: true, force: true });
    renameSync(beside, TARGET);
    writeStamp(STAMP, built);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
};
