/**
 * `npm run machines:check`: compares the shipped machines with the actors in the database at `DATABASE_URL`, as a start
 * would, changes nothing, and lists dead ends. Exit code 1 when actors would be lost or fall asleep; dead ends are for
 * reading, with `--strict` they fail it too.
 */
import { createHash } from 'node:crypto';
import { Context } from 'effect';
import { makePool } from '../adapters/postgres/pool.ts';
import { conversationKind } from '../runtime/conversations/kind.ts';
import { deadEndsOf } from '../runtime/engine/dead-ends.ts';
import { makeHost } from '../runtime/engine/host.ts';
import { DEFAULT_LIMITS } from '../runtime/engine/limits.ts';
import type { ActorKind } from '../runtime/engine/types.ts';
import { checkVersions, describeFinding, type VersionReport } from '../runtime/engine/version-check.ts';
import { reviewKind } from '../runtime/quality/review-kind.ts';

/** Waiting times make no difference here; programs are not run. */
const timing = { debounceMs: 1, debounceMaxMs: 1, replyDeadlineMs: 1, handOverReturnMs: 1 };

const shippedKinds = (): readonly ActorKind[] => [
  conversationKind(Context.empty() as never, timing),
  // Programs are not run, so that the pool is never asked.
  reviewKind(Context.empty() as never, null as never),
];

const hashed = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 12);

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const FATES: Readonly<Record<VersionReport['living'][number]['fate'], string>> = {
  shipped: 'the shipped version',
  fits: 'fits without a migration',
  migrates: 'is migrated when touched',
  'unknown kind': 'belongs to no shipped machine: nobody works on it',
};

/** Reads the database; null without one. */
const readReport = async (url: string | undefined): Promise<VersionReport | null> => {
  if (url === undefined || url === '') return null;
  const pool = makePool(url, { max: 2, applicationName: 'treejar machines:check' });
  try {
    return await checkVersions(pool, makeHost(shippedKinds(), DEFAULT_LIMITS).all, Date.now());
  } finally {
    await pool.end();
  }
};

const sayVersions = (report: VersionReport | null): number => {
  if (report === null) {
    say('No DATABASE_URL is set: only the machines themselves are looked at.');
    return 0;
  }
  for (const { kind, version, actors, fate } of report.living)
    say(`${kind} ${version}: ${actors} actors, ${FATES[fate]}`);
  for (const finding of report.findings) say(`LOST  ${describeFinding(finding, hashed)}`);
  return report.findings.length;
};

const sayDeadEnds = (kinds: readonly ActorKind[]): number => {
  let count = 0;
  for (const kind of kinds) {
    for (const { state, hears } of deadEndsOf(kind)) {
      count++;
      say(`DEAD END  ${kind.kind} ${kind.version}: ${state} hears only ${hears.join(', ') || 'nothing'}`);
    }
  }
  return count;
};

const lost = sayVersions(await readReport(process.env.DATABASE_URL));
const ends = sayDeadEnds(shippedKinds());
say(`${lost} ways to lose an actor, ${ends} dead ends`);
if (lost > 0 || (ends > 0 && process.argv.includes('--strict'))) process.exitCode = 1;
