/**
 * `npm test`: the projects of vitest.config.ts one after the other, then one line that sums up all of it.
 * Arguments go to Vitest (path filters, `-t name`). Exit code 1 when something failed or nothing ran.
 */
import { runTests, summary } from './launch/test-run.mjs';

const total = await runTests(process.argv.slice(2));
process.stdout.write(`${summary(total)}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
