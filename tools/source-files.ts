/** The files of the repository: tracked ones and new ones that are not ignored. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

export interface SourceFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** One broken rule; `line` counts from 1. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly says: string;
}

export const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** Reads the files whose path matches. */
export const sourceFiles = (wanted: RegExp): readonly SourceFile[] => {
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (listed.status !== 0) throw new Error(`git ls-files failed: ${listed.error?.message ?? listed.stderr}`);
  return listed.stdout
    .split('\0')
    .filter((path) => wanted.test(path) && existsSync(join(ROOT, path)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
};

/** Prints the findings and sets the exit code: 1 when there is one. */
export const report = (what: string, checked: number, findings: readonly Finding[]): void => {
  for (const { path, line, says } of findings) process.stdout.write(`${path}:${line}: ${says}\n`);
  process.stdout.write(`${what}: ${checked} files, ${findings.length} findings\n`);
  process.exitCode = findings.length > 0 || checked === 0 ? 1 : 0;
};
