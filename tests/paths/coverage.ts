/** The transitions of the definition, and which of them paths have taken. */
import type { AnyStateNode } from 'xstate';
import { machine, type Transition } from './place.ts';

const nodesOf = (node: AnyStateNode): readonly AnyStateNode[] => [
  node,
  ...Object.values(node.states).flatMap((child) => nodesOf(child as AnyStateNode)),
];

const names = new Map<Transition, string>();

for (const node of nodesOf(machine.root)) {
  const groups = [...node.transitions.entries(), ['always', node.always ?? []] as const];
  for (const [event, list] of groups) {
    list.forEach((transition, index) => {
      const target = transition.target?.map((one) => one.path.join('.')).join(', ') ?? 'stays';
      const place = node.path.join('.') || 'conversation';
      const number = list.length > 1 ? ` #${index + 1}` : '';
      names.set(transition as never, `${place}: ${event}${number} -> ${target}`);
    });
  }
}

/** Every transition of the machine by a name that says where it stands: `turn.idle: customer.message -> turn.working`. */
export const ALL_TRANSITIONS: readonly string[] = [...names.values()];

export const nameOf = (transition: Transition): string => {
  const name = names.get(transition);
  if (name === undefined) throw new Error(`unknown transition on ${transition.eventType}`);
  return name;
};
