/** Plays all customers against one version, a few side by side, and scores each. */
import type { Measured } from './compare.ts';
import { type Judged, judgeDialogue } from './judge.ts';
import type { Persona } from './persona.ts';
import { playPersona, warmUp } from './play.ts';
import { type Played, type RuleScore, scoreByRules } from './rules.ts';
import { type Stage, startStage } from './stage.ts';
import type { Variant } from './variant.ts';

export interface EvalOptions {
  readonly databaseUrl: string;
  readonly variant: Variant;
  readonly personas: readonly Persona[];
  readonly repeats: number;
  /** Readings of the judge for each dialogue; 0: nobody judges. */
  readonly judgeReadings: number;
  /** Customers who play at the same time. */
  readonly sideBySide?: number;
  readonly onPlayed?: (result: EvalResult) => void;
  /** Changes the stage before anybody plays: a noisy judge, a slow model. */
  readonly prepare?: (stage: Stage) => void;
}

export interface EvalResult {
  readonly played: Played;
  readonly rules: RuleScore;
  readonly judged: Judged | null;
}

/** Enough to save time, few enough that nobody waits for another. */
export const SIDE_BY_SIDE = 4;
/** Of no customer's phone: 100 repeats of all personas have fewer. */
const NOBODYS_INDEX = 999_999;

const phoneOf = (index: number): string => `97155${String(2_000_000 + index)}`;

export const runEval = async (options: EvalOptions): Promise<readonly EvalResult[]> => {
  const stage = await startStage(options.databaseUrl, options.variant);
  try {
    options.prepare?.(stage);
    if (options.judgeReadings > 0) await payForJudge(stage);
    await warmUp(stage, phoneOf(NOBODYS_INDEX));
    return await playAll(stage, options);
  } finally {
    await stage.close();
  }
};

/** The judge of a laboratory reads all there is; its limit is the one that the operator's key has. */
const payForJudge = async ({ product }: Stage): Promise<void> => {
  const reviews = { dailyBudgetUsd: '100.00', bot: { callsPerDay: 100_000, transcript: 'full' } };
  const { status } = await product.api('PUT', '/admin/settings', { reviews });
  if (status !== 200) throw new Error(`The settings of the judge were refused (${status}).`);
};

const playAll = async (
  stage: Stage,
  { personas, repeats, judgeReadings, sideBySide = SIDE_BY_SIDE, onPlayed }: EvalOptions,
): Promise<readonly EvalResult[]> => {
  const waiting = Array.from({ length: repeats }, (_, repeat) =>
    personas.map((persona) => ({ persona, repeat })),
  )
    .flat()
    .map((task, index) => ({ ...task, index }));
  const results: EvalResult[] = [];
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const { persona, repeat, index } = task;
      const phone = phoneOf(index);
      const played = await playPersona(stage, persona, phone, repeat);
      const judged = judgeReadings > 0 ? await judgeDialogue(stage, phone, judgeReadings) : null;
      const result = { played, rules: scoreByRules(persona, played), judged };
      results[index] = result;
      onPlayed?.(result);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  return results;
};

const pairOf = ({ played }: EvalResult): string => `${played.persona}#${played.repeat}`;

/** Points of the rules, 0 to 100. */
export const byRules = (results: readonly EvalResult[]): readonly Measured[] =>
  results.map((result) => ({ pair: pairOf(result), readings: [result.rules.points] }));

/** Points of the judge, 0 to 30; only where enough happened for a normal score (domain 6.5). */
export const byJudge = (results: readonly EvalResult[]): readonly Measured[] =>
  results.flatMap((result) =>
    result.judged?.isEnough === true ? [{ pair: pairOf(result), readings: result.judged.readings }] : [],
  );

/** Milliseconds until the first answer of each turn, negated: more is better, as everywhere. */
export const bySpeed = (results: readonly EvalResult[]): readonly Measured[] =>
  results.flatMap((result) => {
    const times = result.played.turns.flatMap(({ answeredMs }) => (answeredMs === null ? [] : [answeredMs]));
    if (times.length === 0) return [];
    return [{ pair: pairOf(result), readings: [-times.reduce((sum, ms) => sum + ms, 0) / times.length] }];
  });
