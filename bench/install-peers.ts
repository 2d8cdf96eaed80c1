/** The peers' packages are a folder of their own with its own lockfile: nobody who does not compare needs them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'peers');

export const arePeersInstalled = (): boolean =>
  existsSync(join(FOLDER, 'node_modules', '.package-lock.json'));

/** Installs them once. Answers with what went wrong, or null; scripts of packages are not run. */
export const installPeers = (): string | null => {
  if (arePeersInstalled()) return null;
  const { status, stderr, error } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', FOLDER],
    { cwd: FOLDER, encoding: 'utf8' },
  );
  if (status === 0) return null;
  return (error?.message ?? stderr).trim().split('\n').at(-1) ?? 'npm ci failed';
};
