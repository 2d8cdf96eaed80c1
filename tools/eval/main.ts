/** `npm run eval`: the seller's laboratory (docs/eval.md). Exit code 1 when a version is worse, 2 on a wrong command line. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../adapters/postgres/embedded.ts';
import { type EvalCommand, parseCommandLine, USAGE } from './command-line.ts';
import { compare } from './compare.ts';
import { PERSONAS } from './personas.ts';
import { comparisonLines, resultLine, summaryLines } from './report.ts';
import { byRules, type EvalResult, runEval, SIDE_BY_SIDE } from './run.ts';
import { isRealModel } from './stage.ts';
import { AS_IT_IS, readVariant, type Variant } from './variant.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const variantOf = (file: string | null): Variant =>
  file === null ? AS_IT_IS : readVariant(readFileSync(file, 'utf8'));

/** Each version has a database and a process of its own: nothing of the one is left for the other. */
const play = async (
  label: string,
  variant: Variant,
  command: EvalCommand,
  sideBySide: number,
): Promise<readonly EvalResult[]> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'treejar-eval-'));
  const database = await startEmbedded({ dataDir });
  say(`${label}: ${variant.name}`);
  try {
    return await runEval({
      databaseUrl: database.url,
      variant,
      personas: PERSONAS.filter(({ id }) => id.includes(command.only)),
      repeats: command.repeats,
      judgeReadings: command.judge,
      sideBySide,
      onPlayed: (result) => say(`${label} ${resultLine(result)}`),
    });
  } finally {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

/**
 * Both at the same time: what else the machine does, does it to both. One after the other, a busy minute was once taken for
 * a difference between two versions. When one fails, the other is ended in order first.
 */
const playBoth = async (
  a: Variant,
  b: Variant,
  command: EvalCommand,
): Promise<readonly [a: readonly EvalResult[], b: readonly EvalResult[]]> => {
  const half = SIDE_BY_SIDE / 2;
  const [first, second] = await Promise.allSettled([
    play('A', a, command, half),
    play('B', b, command, half),
  ]);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
  return [first.value, second.value];
};

const main = async (command: EvalCommand): Promise<void> => {
  say(isRealModel() ? 'The model is real and is paid.' : 'The model is the double; nothing is paid.');
  const [first, second] = [variantOf(command.a), command.b === null ? null : variantOf(command.b)];
  const [a, b] =
    second === null
      ? [await play('A', first, command, SIDE_BY_SIDE), null]
      : await playBoth(first, second, command);
  say('');
  for (const line of summaryLines(first.name, a)) say(line);
  if (second !== null && b !== null) {
    for (const line of summaryLines(second.name, b)) say(line);
    for (const line of comparisonLines(a, b, command.seed)) say(line);
    if (compare(byRules(a), byRules(b), command.seed).finding === 'worse') process.exitCode = 1;
  }
  if (command.out !== null) {
    writeFileSync(
      command.out,
      JSON.stringify({ a: { variant: first, results: a }, b: { variant: second, results: b } }),
    );
  }
};

const command = parseCommandLine(process.argv.slice(2));
if ('fault' in command) {
  process.stderr.write(`${command.fault}\n${USAGE}\n`);
  process.exitCode = 2;
} else if (!PERSONAS.some(({ id }) => id.includes(command.only))) {
  process.stderr.write(`No customer's name contains ${command.only}.\n`);
  process.exitCode = 2;
} else await main(command);
