/**
 * Every path through the conversation that two of its regions can tell apart, walked on the pure machine: customers,
 * managers, vendors that fail, timers. Each step keeps the rules, and each transition of the definition is taken.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { nodesOf } from '../../runtime/engine/machine-parts.ts';
import { ALL_TRANSITIONS } from './coverage.ts';
import { type Explored, explore } from './explore.ts';
import { movesOf } from './moves.ts';
import { takeOnEngine } from './on-engine.ts';
import { begin, machine, type Place, type Step, statesOf, take } from './place.ts';
import { replay } from './replay.ts';
import { faultsOf, RULE_NAMES } from './rules.ts';
import { UNREACHED, UNVISITED } from './unreached.ts';

/** Steps of the whole walk: some 50 times the transitions; a run that needs more has lost its bound (G10). */
const STEPS_MAX = 120_000;

/** Left within the step that enters it, by an event that the machine raises for itself. */
const PASSED_THROUGH: ReadonlySet<string> = new Set(['turn.working.acting.applied']);

let explored: Explored;

beforeAll(() => {
  explored = explore({ stepsMax: STEPS_MAX, faultsMax: 5, check: faultsOf });
}, 300_000);

/** Everything that can happen in the places that stand in this state. */
const stepsFrom = (state: string): readonly Step[] =>
  explored.places
    .filter(({ place }) => statesOf(place).has(state))
    .flatMap(({ place }) => movesOf(place).map((move) => move.take()));

const count = (steps: readonly Step[], check: (step: Step) => boolean) => steps.filter(check).length;
const stands = (place: Place, state: string) => statesOf(place).has(state);
const spawns = (step: Step, src: string) =>
  step.actions.some((action) => action.op === 'spawn' && action.src === src);

describe('the walk', () => {
  it(`keeps ${RULE_NAMES.length} rules at every step`, () => {
    expect(explored.faults).toEqual([]);
  });

  it('takes every transition of the definition, or says why not', () => {
    const missed = ALL_TRANSITIONS.filter((name) => !explored.firstPaths.has(name));
    const deepest = Math.max(...explored.places.map(({ path }) => path.length));
    process.stdout.write(
      `paths: ${explored.places.length} places, ${explored.steps} steps, longest path ${deepest}; ` +
        `${ALL_TRANSITIONS.length - missed.length} of ${ALL_TRANSITIONS.length} transitions taken\n`,
    );
    expect(missed.toSorted()).toEqual(Object.keys(UNREACHED).toSorted());
  });

  it('ends by itself, before its bound', () => {
    expect(explored.steps).toBeLessThan(STEPS_MAX);
  });

  it('visits every state', () => {
    const visited = new Set(explored.places.flatMap(({ place }) => [...statesOf(place)]));
    // A state with an eventless way out is left within the step that enters it.
    const resting = nodesOf(machine).filter(
      ([path, node]) => (node.always ?? []).length === 0 && !PASSED_THROUGH.has(path),
    );
    expect(resting.map(([path]) => path).filter((path) => !visited.has(path))).toEqual(UNVISITED);
  });

  it('remembers plain JSON only', () => {
    for (const { place } of explored.places) {
      const { context } = place.snapshot;
      expect(JSON.parse(JSON.stringify(context))).toEqual(context);
    }
  });

  it('leads back to the same places when a path is taken again', () => {
    for (const { place, path } of explored.places.slice(-40)) {
      const again = replay(path);
      expect(again.snapshot.value).toEqual(place.snapshot.value);
      expect(again.snapshot.context).toEqual(place.snapshot.context);
    }
  });
});

describe('on the real engine and Postgres', () => {
  it('a sample of the paths comes to the same states, context and timers, step by step', async () => {
    const { paths, steps, transitions } = await takeOnEngine(explored.firstPaths);
    process.stdout.write(
      `paths on the engine: ${paths} paths, ${steps} steps, ${transitions} of ${ALL_TRANSITIONS.length} transitions\n`,
    );
    expect(transitions).toBeGreaterThan((ALL_TRANSITIONS.length - Object.keys(UNREACHED).length) / 2);
  });
});

describe('forbidden', () => {
  it('a person who owns the chat is not answered by the model, whatever is written', () => {
    const steps = stepsFrom('owner.manager');
    expect(steps.length).toBeGreaterThan(100);
    expect(
      count(steps, (step) => stands(step.after, 'owner.manager') && stands(step.after, 'turn.working')),
    ).toBe(0);
    expect(count(steps, (step) => stands(step.after, 'owner.manager') && spawns(step, 'think'))).toBe(0);
  });

  it('a chat that waits for a person goes back to the bot only by a person', () => {
    const back = stepsFrom('owner.waiting').filter(({ after }) => stands(after, 'owner.bot'));
    expect(back.length).toBeGreaterThan(0);
    expect(new Set(back.map(({ event }) => event.type))).toEqual(
      new Set(['manager.release', 'manager.close']),
    );
  });

  it('a customer who is answered twice was not delivered twice', () => {
    const repeats = explored.places.flatMap(({ place }) =>
      movesOf(place)
        .filter(({ label }) => label === 'customer.message: is delivered twice')
        .map((move) => move.take()),
    );
    expect(repeats.length).toBeGreaterThan(50);
    for (const { before, after, actions } of repeats) {
      expect(after.snapshot.context).toEqual(before.snapshot.context);
      expect(actions.filter(({ op }) => op === 'spawn')).toEqual([]);
    }
  });

  it('a person cannot write free text while the window is closed', () => {
    const tries = stepsFrom('window.closed').filter(({ event }) => event.type === 'manager.reply');
    expect(tries.length).toBeGreaterThan(10);
    expect(count(tries, (step) => spawns(step, 'sendMessage'))).toBe(0);
  });

  it('results that nobody waits for change nothing', () => {
    const late = [
      { type: 'xstate.done.actor.think', output: {} },
      { type: 'xstate.done.actor.useTools', output: {} },
      { type: 'xstate.done.actor.brief', output: {} },
      { type: 'xstate.done.actor.transcribe', output: {} },
    ];
    for (const event of late) {
      const step = take(begin(), event);
      expect(step.taken).toEqual([]);
      expect(step.after.snapshot.value).toEqual(step.before.snapshot.value);
    }
  });
});
