/**
 * `npm run verify`: what CI runs. Every check runs even when an earlier one failed, so that one run tells all; each
 * counts as one in the last line, beside the tests.
 */
import { join } from 'node:path';
import { MODULES } from './launch/paths.mjs';
import { add, runNode, runTests, summary } from './launch/test-run.mjs';

const CHECKS = [
  ['format and lint', [join(MODULES, '@biomejs', 'biome', 'bin', 'biome'), 'ci', '.']],
  ['types', [join(MODULES, 'typescript', 'bin', 'tsc'), '-p', '.']],
  ['types of the admin', [join(MODULES, 'typescript', 'bin', 'tsc'), '-p', 'admin']],
  ['import rules', ['tools/check-imports.ts']],
  ['style rules', ['tools/check-style.ts']],
  ['licences', ['tools/check-licences.ts']],
];

let total = { passed: 0, failed: 0, skipped: 0 };
for (const [name, args] of CHECKS) {
  process.stdout.write(`\n── ${name}\n`);
  const ok = (await runNode(args)) === 0;
  process.stdout.write(ok ? 'ok\n' : `FAILED: ${name}\n`);
  total = add(total, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });
}
process.stdout.write('\n── tests\n');
total = add(total, await runTests(process.argv.slice(2)));
process.stdout.write(`${summary(total)}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
