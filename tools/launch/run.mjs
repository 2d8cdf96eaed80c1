/** Runs the task under Node 24 as if it were this process: output, signals, exit code, and a common end. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { constants as os } from 'node:os';
import { delimiter, join } from 'node:path';
import { LaunchFault } from './fault.mjs';
import { SERVER_NODE_FLAGS } from './node-flags.mjs';
import { requireNode24 } from './node24.mjs';
import { ROOT } from './paths.mjs';
import { uwsPrefix } from './uws.mjs';

/** The terminal and npm may each deliver the same Ctrl-C: what follows this closely is no second one, ms. */
const SAME_SIGNAL_MS = 1000;
const SERVER = 'runtime/main.ts';
/** How often to look whether npm, our parent, was killed, ms. */
const PARENT_CHECK_MS = 250;
/** As it was when we were loaded: npm may be killed while packages are still being installed. */
const PARENT = process.ppid;

const inPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).find((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Killing the launcher (even with -9) must not leave a server behind that holds the port. */
const endTogether = () => (inPath('setpriv') === undefined ? [] : ['setpriv', '--pdeathsig', 'KILL']);

/**
 * Under npm, `kill -9` of npm must end the task as well. Started without npm we outlive the shell, as usual. After a
 * signal the task is stopping by itself and gets its time.
 */
const watchNpm = (wasTold, orphaned) => {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  return setInterval(() => {
    if (process.ppid !== PARENT && !wasTold()) orphaned();
  }, PARENT_CHECK_MS);
};

/** Resolves with the exit code to leave with: the task's own, or 128 + the signal's number. */
export const runTask = ({ task, args, env }) => {
  if (process.env.npm_lifecycle_event !== undefined && process.ppid !== PARENT) {
    throw new LaunchFault('npm was killed while the folder was being prepared: start again.');
  }
  const loader = task.needs.includes('uws') ? uwsPrefix() : [];
  if (loader === null) throw new LaunchFault('node_modules changed while starting: start again.');
  const [program, ...rest] = [
    ...endTogether(),
    ...loader,
    requireNode24(),
    ...(task.entry === SERVER ? SERVER_NODE_FLAGS : []),
    join(ROOT, task.entry),
    ...task.args,
    ...args,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...env },
      // A session of its own: a signal to the whole group (Ctrl-C, a supervisor) comes through us, once.
      detached: true,
    });
    const last = new Map();
    const forward = (signal) => {
      const now = performance.now();
      if (now - (last.get(signal) ?? -SAME_SIGNAL_MS) >= SAME_SIGNAL_MS) child.kill(signal);
      last.set(signal, now);
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2']) process.on(signal, forward);
    const watch = watchNpm(
      () => last.size > 0,
      () => child.kill('SIGKILL'),
    );
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? 128 + os.signals[signal]);
    });
  });
};
