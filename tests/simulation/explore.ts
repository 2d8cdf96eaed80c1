/** Runs seeds, and makes a failing one as small as it can be: a seed and a list of ops that anyone can run again. */
import { brokenGuarantees, brokenOrder } from './guarantees.ts';
import type { Bug } from './memory-database.ts';
import { Random } from './random.ts';
import { type Op, type Workload, World } from './world.ts';

export interface Exploration {
  readonly workload: Workload;
  readonly rehydrate?: boolean;
  readonly bugs?: readonly Bug[];
}

export interface Failure {
  readonly seed: number;
  /** Which of the orders in which things can happen; 0 unless a smaller script needed another one. */
  readonly schedule: number;
  readonly faults: readonly string[];
  readonly ops: readonly Op[];
  readonly world: World;
}

/** Runs one seed with its own script, or with a given part of it. Null: everything held. */
export const runSeed = (
  exploration: Exploration,
  seed: number,
  given?: readonly Op[],
  schedule = 0,
): Failure | null => {
  const { workload, rehydrate = false, bugs = [] } = exploration;
  const ops = given ?? [...workload.script(new Random(seed))].sort((a, b) => a.at - b.at);
  const world = new World({
    seed: seed + SCHEDULES * schedule,
    workload,
    ops,
    rehydrate,
    bugs: new Set(bugs),
  });
  const faults: string[] = [];
  try {
    world.run();
    const facts = world.facts();
    faults.push(...world.faults, ...brokenGuarantees(facts), ...brokenOrder(facts), ...workload.check(world));
  } catch (error) {
    faults.push(`it threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  return faults.length === 0 ? null : { seed, schedule, faults, ops, world };
};

/** The first failing seed of `count` from `from` on, shrunk; null: none failed. `goesOn` is asked before each. */
export const explore = (
  exploration: Exploration,
  from: number,
  count: number,
  goesOn: () => boolean = () => true,
): Failure | null => {
  for (let seed = from; seed < from + count && goesOn(); seed++) {
    const failure = runSeed(exploration, seed);
    if (failure) return shrink(exploration, failure);
  }
  return null;
};

/** Which rule was broken, ids and numbers left out: a smaller script must break the same one. */
const ruleOf = (failure: Failure): string => (failure.faults[0] ?? '').replace(/[\d']+/g, '#').slice(0, 24);

/** How many orders a smaller script is tried in: fewer ops shift everything that follows them. */
const TRIES = 12;
/** Schedules of one seed are this far apart, so that they are no other seed's. */
const SCHEDULES = 1_000_003;

const sameFailure = (exploration: Exploration, first: Failure, ops: readonly Op[]): Failure | null => {
  for (let schedule = 0; schedule < TRIES; schedule++) {
    const failure = runSeed(exploration, first.seed, ops, schedule);
    if (failure && ruleOf(failure) === ruleOf(first)) return failure;
  }
  return null;
};

/** Leaves out chunks of ops, halves first, for as long as the same rule stays broken (ddmin). */
const shrink = (exploration: Exploration, first: Failure): Failure => {
  let best = first;
  for (let size = Math.ceil(best.ops.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < best.ops.length; ) {
      const fewer = [...best.ops.slice(0, start), ...best.ops.slice(start + size)];
      const failure = sameFailure(exploration, first, fewer);
      if (failure) best = failure;
      else start += size;
    }
  }
  return best;
};

/** What to read and what to run again. */
export const describeFailure = ({ seed, schedule, faults, ops, world }: Failure): string => {
  const script = ops.map((op) => `  ${JSON.stringify(op)}`).join('\n');
  const journals = [...world.db.journal].flatMap(([id, rows]) =>
    rows.map(
      (row) =>
        `  ${id} ${row.seq} ${row.event.type}${row.ignored === null ? '' : ` (ignored: ${row.ignored})`} → ${row.to.join(' ')}`,
    ),
  );
  return `seed ${seed}, schedule ${schedule}: ${faults.slice(0, 5).join('\n')}\n\n${ops.length} ops are enough:\n${script}\n\njournals:\n${journals.slice(-60).join('\n')}`;
};
