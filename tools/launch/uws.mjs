/** Makes sure that uWebSockets.js loads on this machine, by the least of three means. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain, LaunchFault, progress } from './fault.mjs';
import { GLIBC_READY, loaderPrefix, unpackGlibc } from './glibc.mjs';
import { withoutIsoC23 } from './isoc23.mjs';
import { glibcVersion, requireNode24 } from './node24.mjs';
import { MODULES, ROOT, STAMPS } from './paths.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const STAMP = join(STAMPS, 'uws');
/** Node 24's module ABI, as the addon's file name has it. */
const ABI = 137;
const addonPath = () => join(MODULES, 'uWebSockets.js', `uws_linux_${process.arch}_${ABI}.node`);

/** Changes with the machine's glibc and with the addon's file. */
const identity = () => {
  const addon = statSync(addonPath(), { throwIfNoEntry: false });
  return addon === undefined ? null : `${glibcVersion()}:${addon.size}:${addon.mtimeMs}`;
};

/** What must stand before Node's path so that the addon loads: `[]`, the loader's command, or null when unknown. */
export const uwsPrefix = () => {
  const [known, how] = (readStamp(STAMP) ?? '').split(' ');
  if (known !== identity()) return null;
  if (how === 'direct') return [];
  return how === 'loader' && existsSync(GLIBC_READY) ? loaderPrefix() : null;
};

const tryLoad = (prefix) => {
  const [program, ...args] = [...prefix, requireNode24(), '-e', "require('uWebSockets.js')"];
  const result = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8' });
  return { loads: result.status === 0, complaint: `${result.error?.message ?? ''}${result.stderr ?? ''}` };
};

const patchAddon = () => {
  const patched = withoutIsoC23(readFileSync(addonPath()));
  if (patched === null) return;
  const beside = `${addonPath()}.${process.pid}`;
  try {
    writeFileSync(beside, patched, { mode: 0o755 });
    renameSync(beside, addonPath());
  } catch (error) {
    throw explain(String(error), MODULES) ?? error;
  }
};

/**
 * 1. As it is (glibc 2.38 and later). 2. With three C23 names undone (2.36, 2.37; see isoc23.mjs).
 * 3. Older: under the loader and C library of the distribution's next release, kept in `.cache`.
 * Returns the prefix to run Node with. `skipPatch` exists for the test of the third way.
 */
export const ensureUws = ({ skipPatch = false } = {}) => {
  const remember = (how, prefix) => {
    writeStamp(STAMP, `${identity()} ${how}`);
    return prefix;
  };
  let attempt = tryLoad([]);
  if (attempt.loads) return remember('direct', []);
  if (!/GLIBC_\d|GLIBCXX_\d/.test(attempt.complaint)) {
    throw new LaunchFault(
      `uWebSockets.js does not load: ${attempt.complaint.trim().split('\n').slice(-6).join('\n')}`,
    );
  }
  if (!skipPatch && glibcVersion() >= 236) {
    patchAddon();
    attempt = tryLoad([]);
    if (attempt.loads) return remember('direct', []);
  }
  progress(
    "Fetching a newer C library for uWebSockets.js (kept in .cache, the system's own stays as it is) …",
  );
  unpackGlibc();
  attempt = tryLoad(loaderPrefix());
  if (!attempt.loads) {
    throw new LaunchFault(
      `uWebSockets.js does not load on this machine (it needs glibc 2.38: Debian 13, Ubuntu 24.04 or later): ${attempt.complaint.trim().split('\n').pop()}`,
    );
  }
  return remember('loader', loaderPrefix());
};
