/** The fast path: is everything ready? If not, one process at a time makes it so. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { isAdminBuilt } from './admin.mjs';
import { fail, LaunchFault, progress } from './fault.mjs';
import { isInstalled } from './install.mjs';
import { checkPlatform, findNode24 } from './node24.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { uwsPrefix } from './uws.mjs';

const LOCK = join(CACHE, 'launch.lock');
const WAIT_S = 900;
const BUSY = 75;

const isReady = (needs) =>
  isInstalled(needs.includes('dev')) &&
  findNode24() !== null &&
  (!needs.includes('uws') || uwsPrefix() !== null) &&
  (!needs.includes('admin') || isAdminBuilt());

const run = (program, args) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit' });
    const stop = (signal) => child.kill(signal);
    process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGHUP', stop);
    const done = (code) => {
      process.off('SIGTERM', stop).off('SIGINT', stop).off('SIGHUP', stop);
      resolve(code);
    };
    child.once('error', () => done(null));
    child.once('exit', (code, signal) => done(signal === null ? code : 1));
  });

/** A read-only copy has nothing to lock; its steps say themselves what they cannot write. */
const canLock = () => {
  try {
    mkdirSync(CACHE, { recursive: true });
    closeSync(openSync(LOCK, 'a'));
    return true;
  } catch {
    return false;
  }
};

/**
 * The lock is held by the preparing processes themselves (they inherit it), so it is free only when the last of
 * them is gone: a killed start leaves no npm behind that a second one could run into.
 */
const prepare = async (needs) => {
  const work = [process.execPath, join(ROOT, 'tools', 'launch', 'prepare.mjs'), ...needs];
  if (!canLock()) return run(work[0], work.slice(1));
  const code = await run('flock', ['-n', '-E', String(BUSY), LOCK, ...work]);
  if (code !== BUSY) return code;
  progress('Another start is preparing this folder: waiting for it …');
  return run('flock', ['-w', String(WAIT_S), '-E', String(BUSY), LOCK, ...work]);
};

/** Returns when the task can run; leaves the process with exit code 1 when it cannot. */
export const readyOrPrepare = async (needs) => {
  checkPlatform();
  if (isReady(needs)) return;
  const code = await prepare(needs);
  if (code === null)
    throw new LaunchFault('The program `flock` is missing: install the package util-linux and start again.');
  if (code === BUSY)
    throw new LaunchFault(
      `Another start has been preparing this folder for ${WAIT_S / 60} minutes: stop it and start again.`,
    );
  if (code !== 0) process.exit(1); // prepare has said why
  if (findNode24() === null) fail(new LaunchFault('Node 24 did not arrive with the packages.'));
};
