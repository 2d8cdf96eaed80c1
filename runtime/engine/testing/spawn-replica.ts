/** Starts and kills {@link ./replica-process.ts}. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface ReplicaProcess {
  readonly lines: readonly string[];
  /** Resolves with the first line, from the start, that fits. */
  readonly line: (fits: (line: string) => boolean) => Promise<string>;
  /** SIGKILL; resolves when the process is gone and its last line is read. */
  readonly kill: () => Promise<void>;
  readonly exited: Promise<void>;
}

const ROOT = join(import.meta.dirname, '../../..');
const NODE = join(ROOT, 'node_modules/.bin/node');

/** Halves the start of every process but the first: compiled code, and TypeScript without its types. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(ROOT, '.cache/compiled') };

export const spawnReplica = (...args: readonly string[]): ReplicaProcess => {
  const child: ChildProcess = spawn(NODE, [join(import.meta.dirname, 'replica-process.ts'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const { stdout } = child;
  if (!stdout) throw new Error('The child has no stdout.');
  const reader = createInterface({ input: stdout });
  reader.on('line', (text) => {
    lines.push(text);
    for (const look of [...waiting]) look();
  });
  const exited = new Promise<void>((resolve) => reader.once('close', resolve));
  return {
    lines,
    exited,
    line: (fits) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void exited.then(() => reject(new Error(`The child ended; it said ${lines.slice(-3).join(' | ')}`)));
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};
