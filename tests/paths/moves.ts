/** Everything that can happen next: outsiders write, what the machine started ends well or badly, the next timer fires. */

import { outcomesOf } from './outcomes.ts';
import { outsideEvents } from './outside-events.ts';
import { type Child, type Place, type Step, type Timer, take } from './place.ts';

export interface Move {
  /** Unique among the moves of one place, and the same in every place: a path is a list of them. */
  readonly label: string;
  readonly kind: 'event' | 'done' | 'error' | 'timer';
  readonly take: () => Step;
  readonly child?: Child;
  readonly output?: unknown;
  readonly timer?: Timer;
}

/** What a program that gives up reports. */
export const FAILURE = { _tag: 'Refused', message: 'the vendor refused', retryable: false } as const;

export const movesOf = (place: Place): readonly Move[] => [
  ...outsideEvents(place).map(
    ({ label, body }): Move => ({
      label,
      kind: 'event',
      take: () => take({ ...place, told: place.told + 1 }, { ...body }),
    }),
  ),
  ...[...place.children.values()].flatMap((child) => childMoves(place, child)),
  ...timerMoves(place),
];

const childMoves = (place: Place, child: Child): readonly Move[] => {
  const children = new Map(place.children);
  children.delete(child.id);
  const from = { ...place, children };
  // Ids of sends carry the message's number; the label must not, so that a path can be told by labels.
  const name = child.id.replace(/\.m\d+$/, '.other');
  return [
    ...outcomesOf(child).map(
      ({ label, output }): Move => ({
        label: `${name} answers: ${label}`,
        kind: 'done',
        child,
        output,
        take: () => take(from, { type: `xstate.done.actor.${child.id}`, output }),
      }),
    ),
    {
      label: `${name} fails`,
      kind: 'error',
      child,
      take: () => take(from, { type: `xstate.error.actor.${child.id}`, error: FAILURE }),
    },
  ];
};

/** Time does not jump over a timer: only the one that is due first can fire. */
const timerMoves = (place: Place): readonly Move[] => {
  const first = [...place.timers.values()].sort((a, b) => a.dueAt - b.dueAt)[0];
  if (!first) return [];
  const timers = new Map(place.timers);
  timers.delete(first.id);
  const at = Math.max(place.now, first.dueAt);
  return [
    {
      label: `time passes: ${first.id.replace(/^xstate\.after\./, '')}`,
      kind: 'timer',
      timer: first,
      take: () => take({ ...place, timers }, first.event, at),
    },
  ];
};
