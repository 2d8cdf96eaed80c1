/**
 * What a stored snapshot can depend on in a machine, as plain data: states, delayed events, invokes, actor sources. Kept
 * in the database for each version that ever ran, so that the next one can be compared with it before it starts (G9).
 */
import { createHash } from 'node:crypto';
import type { AnyStateMachine } from 'xstate';

type Node = AnyStateMachine['root'];

export interface InvokeParts {
  readonly id: string;
  readonly src: string;
}

export interface StateParts {
  /** XState's id of the node: what `after` events and history are named by. */
  readonly id: string;
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  readonly children: readonly string[];
  /** Event types of its `after`s; each is the id of its timer as well. */
  readonly afters: readonly string[];
  readonly invokes: readonly InvokeParts[];
}

export interface MachineParts {
  /** By dotted path; the root's is empty. */
  readonly states: Readonly<Record<string, StateParts>>;
  /** Names of `setup({actors})`. */
  readonly actors: readonly string[];
}

const AFTER = 'xstate.after.';

/** Every node of the machine with its dotted path, parents first. */
export const nodesOf = (machine: AnyStateMachine): readonly (readonly [path: string, node: Node])[] => {
  const found: [string, Node][] = [];
  const visit = (node: Node): void => {
    found.push([node.path.join('.'), node]);
    for (const child of Object.values(node.states)) visit(child as Node);
  };
  visit(machine.root);
  return found;
};

/** Reads the definition; runs nothing of the machine. */
export const partsOf = (machine: AnyStateMachine): MachineParts => ({
  states: Object.fromEntries(
    nodesOf(machine).map(([path, node]) => [
      path,
      {
        id: node.id,
        type: node.type,
        children: Object.keys(node.states).sort(),
        afters: [...node.transitions.keys()].filter((type) => type.startsWith(AFTER)).sort(),
        invokes: node.invoke.map(({ id, src }) => ({ id, src: String(src) })),
      },
    ]),
  ),
  actors: Object.keys(machine.implementations.actors).sort(),
});

/** Equal for two builds of one definition, whatever order its keys are written in. */
export const fingerprintOf = (parts: MachineParts): string => {
  const states = Object.entries(parts.states).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([states, parts.actors]))
    .digest('hex')
    .slice(0, 24);
};

/** True when a timer of this id is an `after`: its event has the same name. */
export const isAfterTimer = (timerId: string): boolean => timerId.startsWith(AFTER);

/**
 * Parts of `old` that `now` lacks or that work otherwise, in words: an actor that sits on one of them needs a look.
 * Empty: every snapshot of the old machine is one of the new machine.
 */
export const differencesOf = (old: MachineParts, now: MachineParts): readonly string[] => {
  const found: string[] = [];
  for (const src of old.actors) if (!now.actors.includes(src)) found.push(`actor source ${src} is gone`);
  for (const [path, was] of Object.entries(old.states)) {
    const name = path === '' ? 'the root' : `state ${path}`;
    const is = now.states[path];
    if (!is) found.push(`${name} is gone`);
    else if (is.type !== was.type) found.push(`${name} was ${was.type} and is ${is.type}`);
    else found.push(...changesInside(name, was, is));
  }
  return found;
};

const changesInside = (name: string, was: StateParts, is: StateParts): readonly string[] => {
  const found: string[] = [];
  if (was.id !== is.id && was.type === 'history') found.push(`${name} is a history of another id`);
  for (const type of was.afters) if (!is.afters.includes(type)) found.push(`${name} has no ${type} any more`);
  for (const type of is.afters) if (!was.afters.includes(type)) found.push(`${name} gained ${type}`);
  const key = ({ id, src }: InvokeParts): string => `${id} (${src})`;
  const before = was.invokes.map(key);
  const after = is.invokes.map(key);
  for (const invoke of before)
    if (!after.includes(invoke)) found.push(`${name} does not invoke ${invoke} any more`);
  for (const invoke of after) if (!before.includes(invoke)) found.push(`${name} gained the invoke ${invoke}`);
  const regions = is.type === 'parallel' ? is.children.filter((child) => !was.children.includes(child)) : [];
  for (const region of regions) found.push(`${name} gained the region ${region}`);
  return found;
};
