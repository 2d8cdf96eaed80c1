/** A machine as plain data: states parents first, transitions by event, guards by name. Drawn by the admin. */
import type { AnyStateMachine, AnyStateNode } from 'xstate';

export interface StateInfo {
  /** Path with dots; the root has the empty path. */
  readonly path: string;
  readonly parent: string | null;
  readonly key: string;
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  readonly label: string;
  readonly importance: 0 | 1 | 2;
  readonly description: string | null;
  readonly invokes: readonly string[];
}

export interface TransitionInfo {
  readonly from: string;
  readonly to: string | null;
  readonly event: string;
  readonly guard: string | null;
  /** When it is taken and what for, in words. */
  readonly description: string | null;
}

interface Meta {
  readonly label?: string;
  readonly importance?: 0 | 1 | 2;
}

const pathOf = (node: AnyStateNode): string => node.path.join('.');

const nodesOf = (node: AnyStateNode): AnyStateNode[] => [
  node,
  ...Object.values(node.states).flatMap((child) => nodesOf(child as AnyStateNode)),
];

export const statesOf = (machine: AnyStateMachine): readonly StateInfo[] =>
  nodesOf(machine.root).map((node) => {
    const meta = node.meta as Meta | undefined;
    return {
      path: pathOf(node),
      parent: node.parent ? pathOf(node.parent) : null,
      key: node.key,
      type: node.type,
      label: meta?.label ?? node.key,
      importance: meta?.importance ?? 0,
      description: node.description ?? null,
      invokes: node.invoke.map((invoke) => String(invoke.src)),
    };
  });

export const transitionsOf = (machine: AnyStateMachine): readonly TransitionInfo[] =>
  nodesOf(machine.root).flatMap((node) =>
    [...node.transitions.values(), node.always ?? []].flat().map((transition) => ({
      from: pathOf(node),
      to: transition.target?.[0] ? pathOf(transition.target[0]) : null,
      event: transition.eventType === '' ? 'always' : transition.eventType,
      guard: guardName(transition.guard),
      description: transition.description ?? null,
    })),
  );

/** Named guards by name, composed ones by their parts. */
export const guardName = (guard: unknown): string | null => {
  if (guard === undefined || guard === null) return null;
  if (typeof guard === 'string') return guard;
  if (typeof guard === 'function') {
    const { check, guards } = guard as { check?: { name: string }; guards?: readonly unknown[] };
    if (!guards) return guard.name === 'stateIn' ? 'in a state' : guard.name || 'condition';
    const parts = guards.map(guardName).join(check?.name === 'checkOr' ? ' or ' : ' and ');
    return check?.name === 'checkNot' ? `not ${parts}` : parts;
  }
  return String((guard as { type?: unknown }).type ?? 'condition');
};
