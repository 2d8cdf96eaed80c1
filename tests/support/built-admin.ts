/** Vitest global set-up: the admin's bundle is fresh before any browser opens it; built once, by nobody beside it. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

export const setup = (): void => {
  const built = spawnSync(process.execPath, [join(ROOT, 'tools/launch.mjs'), 'build'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (built.status !== 0)
    throw new Error(`The admin does not build, so no browser test can run:\n${built.stdout}${built.stderr}`);
};
