/**
 * An exclusive lock between processes, held by the kernel: a killed holder releases it, so no lock ever goes stale.
 * Node has no flock of its own, so util-linux's `flock` holds it for as long as our end of its standard input is open.
 */
import { spawn } from 'node:child_process';
import { EmbeddedPostgresError } from './embedded-error.ts';

/** The longest wait for another process to finish creating or starting the cluster, seconds. */
const LOCK_WAIT_S = 120;

const acquire = (path: string): Promise<() => Promise<void>> =>
  new Promise((resolve, reject) => {
    const holder = spawn('flock', ['-w', String(LOCK_WAIT_S), path, '-c', 'echo locked; cat >/dev/null'], {
      // Its own session: Ctrl-C in the terminal must not drop the lock in the middle of the work it guards.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let complaint = '';
    const gone = new Promise<void>((done) => holder.once('close', () => done()));
    holder.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString('utf8');
    });
    holder.stdin.once('error', () => undefined);
    holder.stdout.once('data', () => {
      resolve(async () => {
        holder.stdin.end();
        await gone;
      });
    });
    holder.once('error', () =>
      reject(
        new EmbeddedPostgresError({
          message: 'The program `flock` is missing: install the package util-linux and start again.',
          retryable: false,
        }),
      ),
    );
    holder.once('exit', (code) =>
      reject(
        new EmbeddedPostgresError({
          message:
            complaint.trim() === ''
              ? `Another process has held ${path} for ${LOCK_WAIT_S} s (flock exit ${code}): stop it and start again.`
              : `The lock ${path} cannot be taken: ${complaint.trim()}`,
          retryable: complaint.trim() === '',
        }),
      ),
    );
  });

/** Runs `work` while holding the lock file at `path` (created when missing); waits for other holders. */
export const withFileLock = async <A>(path: string, work: () => Promise<A>): Promise<A> => {
  const release = await acquire(path);
  try {
    return await work();
  } finally {
    await release();
  }
};
