/** One region of a machine as boxes and arrows, before anybody says where they stand. */
import type { AnyStateMachine } from 'xstate';
import {
  type StateInfo,
  statesOf,
  type TransitionInfo,
  transitionsOf,
} from '../conversations/machine-graph.ts';
import { eventWords, type Line, wrap } from './words.ts';

export interface GraphBox {
  readonly path: string;
  readonly parent: string | null;
  readonly importance: 0 | 1 | 2;
  readonly compound: boolean;
  readonly final: boolean;
  /** Of a compound state: the child that it begins with. */
  readonly initial: string | null;
  readonly lines: readonly Line[];
}

export interface GraphArrow {
  readonly from: string;
  readonly to: string;
  /** The transitions that share the arrow. */
  readonly moves: readonly TransitionInfo[];
  readonly lines: readonly Line[];
}

/** What stands in the boxes and beside the arrows. */
export interface Wording {
  readonly box: (state: StateInfo, stays: readonly TransitionInfo[]) => readonly Line[];
  readonly arrow: (moves: readonly TransitionInfo[]) => readonly Line[];
}

export interface RegionGraph {
  readonly path: string;
  readonly label: string;
  readonly description: string | null;
  readonly boxes: readonly GraphBox[];
  readonly arrows: readonly GraphArrow[];
}

const DESCRIPTION_COLUMNS = 36;
const GUARD_COLUMNS = 30;

/** The machine's regions, in its own order; a machine without regions is one. */
export const regionsOf = (
  machine: AnyStateMachine,
  wording: Wording = FULL_WORDING,
): readonly RegionGraph[] => {
  const states = statesOf(machine);
  const transitions = transitionsOf(machine);
  const initials = initialsOf(machine);
  const parallel = machine.root.type === 'parallel';
  const roots = parallel
    ? states.filter((state) => state.parent === '')
    : states.filter(({ path }) => path === '');
  return roots.map((root) => regionOf(root, states, transitions, initials, wording));
};

const regionOf = (
  root: StateInfo,
  states: readonly StateInfo[],
  transitions: readonly TransitionInfo[],
  initials: ReadonlyMap<string, string>,
  wording: Wording,
): RegionGraph => {
  const inside = states.filter(
    ({ path }) => root.path === '' || path === root.path || path.startsWith(`${root.path}.`),
  );
  const paths = new Set(inside.map(({ path }) => path));
  const own = transitions.filter(({ from }) => paths.has(from));
  const stays = own.filter(({ to }) => to === null);
  const moves = own.filter(({ to }) => to !== null && paths.has(to));
  return {
    path: root.path,
    label: root.label,
    description: root.description,
    boxes: inside.map((state) => ({
      path: state.path,
      parent: state.path === root.path ? null : state.parent,
      importance: state.importance,
      compound: state.type === 'compound' || state.type === 'parallel',
      final: state.type === 'final',
      initial: initials.get(state.path) ?? null,
      lines: wording.box(
        state,
        stays.filter(({ from }) => from === state.path),
      ),
    })),
    arrows: arrowsOf(moves, wording),
  };
};

const linesOf = (state: StateInfo, stays: readonly TransitionInfo[]): readonly Line[] => [
  { style: 'title', text: state.label },
  { style: 'key', text: state.key },
  ...wrap(state.description ?? '', DESCRIPTION_COLUMNS).map((text): Line => ({ style: 'body', text })),
  ...state.invokes.map((src): Line => ({ style: 'note', text: `runs ${src}` })),
  ...[...new Set(stays.map(wordsOf))].map((text): Line => ({ style: 'guard', text: `on ${text}` })),
];

const wordsOf = ({ event, guard }: TransitionInfo): string =>
  guard === null ? eventWords(event) : `${eventWords(event)} [${guard}]`;

const arrowLines = (moves: readonly TransitionInfo[]): readonly Line[] =>
  moves.flatMap(({ event, guard }) => [
    { style: 'event' as const, text: eventWords(event) },
    ...(guard === null ? [] : wrap(`[${guard}]`, GUARD_COLUMNS)).map(
      (text): Line => ({ style: 'guard', text }),
    ),
  ]);

/** Everything that the machine says: for pictures that are read at leisure. */
export const FULL_WORDING: Wording = { box: linesOf, arrow: arrowLines };

/** Transitions between the same two states share an arrow. */
const arrowsOf = (moves: readonly TransitionInfo[], wording: Wording): readonly GraphArrow[] => {
  const byEnds = new Map<string, { from: string; to: string; moves: TransitionInfo[] }>();
  for (const move of moves) {
    const to = move.to ?? '';
    const arrow = byEnds.get(`${move.from}>${to}`) ?? { from: move.from, to, moves: [] };
    byEnds.set(`${move.from}>${to}`, arrow);
    arrow.moves.push(move);
  }
  return [...byEnds.values()].map((arrow) => ({ ...arrow, lines: wording.arrow(arrow.moves) }));
};

const initialsOf = (machine: AnyStateMachine): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  const visit = (node: AnyStateMachine['root']): void => {
    const target = node.type === 'compound' ? node.initial?.target?.[0] : undefined;
    if (target) found.set(node.path.join('.'), target.path.join('.'));
    for (const child of Object.values(node.states)) visit(child as AnyStateMachine['root']);
  };
  visit(machine.root);
  return found;
};
