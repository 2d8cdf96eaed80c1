/** Runs Vitest and counts. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, MODULES, ROOT } from './paths.mjs';

/** `unit` first: it is quick and says more precisely what is wrong. */
const ROUNDS = [['unit'], ['system', 'browser']];

/** Resolves with the exit code; Ctrl-C reaches Vitest by itself and comes back as a failure. */
export const runNode = (args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    const forward = (signal) => child.kill(signal);
    process.on('SIGTERM', forward).on('SIGINT', forward);
    child.once('exit', (code) => {
      process.off('SIGTERM', forward).off('SIGINT', forward);
      resolve(code ?? 1);
    });
  });

/**
 * Counts a report of Vitest's JSON reporter. A file that could not be loaded holds no test, and an error outside of
 * any test fails no test: both count as one failure, so that the sum never hides them.
 */
export const countReport = (report, exitCode) => {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
};

export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** `N passed, N failed[, N skipped]` (contract 1). */
export const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

const readReport = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null; // Vitest died before it could write one
  }
};

const runRound = async (projects, args) => {
  const report = join(CACHE, `test-report-${projects.join('-')}-${process.pid}.json`);
  const options = [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const exitCode = await runNode([join(MODULES, 'vitest', 'vitest.mjs'), ...options, ...args]);
  const counted = countReport(readReport(report), exitCode);
  rmSync(report, { force: true });
  return counted;
};

/** Runs everything and returns the sum; a run without any test is a failure. */
export const runTests = async (args) => {
  mkdirSync(CACHE, { recursive: true });
  let total = { passed: 0, failed: 0, skipped: 0 };
  for (const projects of ROUNDS) total = add(total, await runRound(projects, args));
  if (total.passed + total.failed + total.skipped === 0) {
    process.stderr.write('No test ran: check the path you gave.\n');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  return total;
};
