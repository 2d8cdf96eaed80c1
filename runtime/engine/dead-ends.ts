/**
 * States that only people outside can leave: no timer, no command, nothing that the system or a person of ours does. An
 * actor that gets there waits for ever when they do not come back. A state may be meant so: it says it by the tag
 * `waits-for-human` (somebody of ours has it on a list), by the tag `rests`, or by `meta: {rests: '<why>'}`.
 */
import type { AnyStateMachine } from 'xstate';
import { nodesOf } from './machine-parts.ts';
import { matchesDescriptor } from './snapshot-fit.ts';
import type { ActorKind } from './types.ts';

type Node = AnyStateMachine['root'];

/** Tags of states that are meant to wait. */
export const RESTING_TAGS: readonly string[] = ['waits-for-human', 'rests'];

export interface DeadEnd {
  /** Dotted path of the leaf state. */
  readonly state: string;
  /** What it does react to, its ancestors' reactions included. */
  readonly hears: readonly string[];
}

/** Final states end their actor and are none. */
export const deadEndsOf = (kind: Pick<ActorKind, 'machine' | 'outsideEvents'>): readonly DeadEnd[] =>
  nodesOf(kind.machine)
    .filter(([, node]) => node.type === 'atomic' && hasSiblings(node))
    .filter(([, node]) => !lineage(node).some((one) => rests(one) || movesByItself(one)))
    .flatMap(([state, node]) => {
      const hears = [...new Set(lineage(node).flatMap(descriptorsThatMove))];
      return hears.every((descriptor) => isOutside(kind, descriptor)) ? [{ state, hears }] : [];
    });

/** The only state of a region is no place to get stuck in: there is nowhere else. */
const hasSiblings = (node: Node): boolean => Object.keys(node.parent?.states ?? {}).length > 1;

const lineage = (node: Node): readonly Node[] =>
  node.parent ? [node, ...lineage(node.parent as Node)] : [node];

const rests = (node: Node): boolean => {
  const meta = node.meta as { readonly rests?: unknown } | undefined;
  return typeof meta?.rests === 'string' || node.tags.some((tag) => RESTING_TAGS.includes(tag));
};

/** A timer, a command or an eventless transition is enough: whatever happens to it reaches the machine as an event. */
const movesByItself = (node: Node): boolean =>
  node.invoke.length > 0 ||
  (node.always ?? []).length > 0 ||
  [...node.transitions.keys()].some((type) => type.startsWith('xstate.after.'));

/** Events that take the actor out of the state; a reaction that stays where it is, is no way out. */
const descriptorsThatMove = (node: Node): readonly string[] =>
  [...node.transitions]
    .filter(([, transitions]) => transitions.some(({ target }) => (target ?? []).length > 0))
    .map(([descriptor]) => descriptor);

const isOutside = ({ outsideEvents }: Pick<ActorKind, 'outsideEvents'>, descriptor: string): boolean =>
  outsideEvents === undefined || outsideEvents.some((outside) => matchesDescriptor(descriptor, outside));
