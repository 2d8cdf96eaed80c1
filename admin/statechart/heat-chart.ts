/** The heat of a region's picture: what the server counted from leaf to leaf, laid onto boxes and arrows. Pure. */
import { takenArrows } from '../../machines/statechart/taken-arrows.ts';
import type { ChartRegion, MachineHeat } from '../api/types.ts';

type State = MachineHeat['states'][number];
type Transition = MachineHeat['transitions'][number];

export interface ArrowHeat {
  readonly times: number;
  /** Of all that left the states that the arrow begins at, 0 to 1. */
  readonly share: number;
  /** What stands behind the number. */
  readonly transitions: readonly number[];
}

const isInside = (path: string, of: string): boolean => path === of || path.startsWith(`${of}.`);

/** By index of the region's arrows; an arrow that nobody took is not there. */
export const arrowHeat = (
  region: ChartRegion,
  transitions: readonly Transition[],
): ReadonlyMap<number, ArrowHeat> => {
  const own = transitions.filter(({ from }) => isInside(from, region.path));
  const counted = new Map<number, { times: number; transitions: number[] }>();
  for (const { id, from, to, event, times } of own) {
    for (const arrow of takenArrows(region, from, to, event)) {
      const known = counted.get(arrow) ?? { times: 0, transitions: [] };
      counted.set(arrow, { times: known.times + times, transitions: [...known.transitions, id] });
    }
  }
  const leaving = (path: string): number =>
    own.filter(({ from }) => isInside(from, path)).reduce((sum, { times }) => sum + times, 0);
  return new Map(
    [...counted].map(([arrow, { times, transitions: ids }]) => {
      const all = leaving(region.arrows[arrow]?.from ?? '');
      return [arrow, { times, transitions: ids, share: all === 0 ? 0 : Math.min(1, times / all) }] as const;
    }),
  );
};

/** A state with what lies inside it: counts add up, a median only a leaf has. */
export const stateHeat = (states: readonly State[], path: string): State => {
  const inside = states.filter((state) => isInside(state.path, path));
  const sum = (of: (state: State) => number): number => inside.reduce((total, state) => total + of(state), 0);
  return {
    path,
    now: sum(({ now }) => now),
    stays: sum(({ stays }) => stays),
    silent: sum(({ silent }) => silent),
    medianMs: states.find((state) => state.path === path)?.medianMs ?? null,
  };
};

/** Transitions that ended a state's stays in silence. */
export const silentWays = (transitions: readonly Transition[], path: string): readonly number[] =>
  transitions
    .filter(({ from, event }) => isInside(from, path) && event.startsWith('xstate.after.'))
    .map(({ id }) => id);

/** Transitions into a state: who was there. */
export const waysInto = (transitions: readonly Transition[], path: string): readonly number[] =>
  transitions.filter(({ from, to }) => isInside(to, path) && !isInside(from, path)).map(({ id }) => id);
