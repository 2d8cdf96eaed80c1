/**
 * Whether a stored snapshot means the same to a machine as to the one that wrote it. XState 5 restores most misfits
 * without a word and then sleeps for ever (anchors/engines.md 0.1); here each of them has a sentence.
 */
import type { AnyStateMachine, StateValue } from 'xstate';
import { isAfterTimer, type MachineParts, nodesOf } from './machine-parts.ts';
import type { StoredSnapshot } from './types.ts';

/** What one or many snapshots have in common, contexts left out. */
export type SnapshotShape = Omit<StoredSnapshot, 'context'>;

type Node = AnyStateMachine['root'];

/** Event descriptors that any state of the machine listens to. */
const descriptorsOf = (machine: AnyStateMachine): readonly string[] => [
  ...new Set(nodesOf(machine).flatMap(([, node]) => [...node.transitions.keys()])),
];

/** As XState matches: `a.*` takes `a` and everything below it, `*` anything. */
export const matchesDescriptor = (type: string, descriptor: string): boolean => {
  if (descriptor === type || descriptor === '*') return true;
  if (!descriptor.endsWith('.*')) return false;
  const prefix = descriptor.slice(0, -2);
  return type === prefix || type.startsWith(`${prefix}.`);
};

/** True when some state of the machine listens to the event. */
export const listensTo = (machine: AnyStateMachine, type: string): boolean =>
  descriptorsOf(machine).some((descriptor) => matchesDescriptor(type, descriptor));

/** The paths of all active states, ancestors included, as far as the value alone tells. */
export const activePaths = (value: StateValue): ReadonlySet<string> => {
  const paths = new Set<string>(['']);
  const walk = (inner: StateValue, prefix: string): void => {
    const at = (key: string): string => (prefix === '' ? key : `${prefix}.${key}`);
    if (typeof inner === 'string') {
      paths.add(at(inner));
      return;
    }
    for (const [key, child] of Object.entries(inner)) {
      paths.add(at(key));
      if (child !== undefined) walk(child, at(key));
    }
  };
  walk(value, '');
  return paths;
};

/** Why the machine would lose a part of such a snapshot; empty: it would not. */
export const misfitsOf = (machine: AnyStateMachine, shape: SnapshotShape): readonly string[] => [
  ...misfitsOfValue(machine.root, shape.value, ''),
  ...(shape.status === 'active' ? misfitsOfRunning(machine, shape) : []),
];

const misfitsOfRunning = (machine: AnyStateMachine, shape: SnapshotShape): readonly string[] => {
  const found: string[] = [];
  const nodes = nodesOf(machine);
  const ids = new Set(nodes.map(([, node]) => node.id));
  for (const [id, { src }] of Object.entries(shape.children)) {
    if (!machine.implementations.actors[src])
      found.push(`child ${id} runs ${src}, which the machine does not have`);
    else if (!hearsOf(machine, id, src)) found.push(`nobody would hear of the end of child ${id} (${src})`);
  }
  for (const [key, targets] of Object.entries(shape.historyValue)) {
    if (!ids.has(key)) found.push(`history ${key} is gone`);
    for (const target of targets)
      if (!ids.has(target)) found.push(`history ${key} leads to ${target}, which is gone`);
  }
  for (const id of Object.keys(shape.timers)) {
    if (isAfterTimer(id) && !listensTo(machine, id))
      found.push(`timer ${id} would fire and nobody would hear it`);
  }
  return found;
};

/** An invoked child that no state invokes by this id was renamed; one spawned by an action may well be on its own. */
const hearsOf = (machine: AnyStateMachine, id: string, src: string): boolean => {
  if (listensTo(machine, `xstate.done.actor.${id}`)) return true;
  return !nodesOf(machine).some(([, node]) => node.invoke.some((invoke) => invoke.src === src));
};

const misfitsOfValue = (node: Node, value: StateValue, path: string): readonly string[] => {
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
  const name = path === '' ? 'the root' : `state ${path}`;
  const given = typeof value === 'string' ? { [value]: {} } : value;
  const keys = Object.keys(given).filter((key) => given[key] !== undefined);
  const gone = keys.filter((key) => !node.states[key]);
  if (gone.length > 0) return gone.map((key) => `state ${at(key)} is gone`);
  if (node.type === 'compound' && keys.length !== 1) return [`${name} has states of its own now`];
  const regions = Object.values(node.states).filter((child) => child.type !== 'history');
  const missing = node.type === 'parallel' ? regions.filter((child) => !keys.includes(child.key)) : [];
  if (missing.length > 0) return missing.map((child) => `${name} has a region ${child.key} now`);
  return keys.flatMap((key) => misfitsOfValue(node.states[key] as Node, given[key] as StateValue, at(key)));
};

/**
 * What the active states promise and the snapshot does not have: timers that were never armed, invokes that were never
 * started. `had` tells what was there before: an `after` that has fired, or an invoke that has ended, is no promise.
 */
export const missingOf = (
  now: MachineParts,
  shape: SnapshotShape,
  had: (path: string) => {
    readonly afters: readonly string[];
    readonly invokes: readonly { readonly id: string }[];
  },
): readonly string[] => {
  if (shape.status !== 'active') return [];
  const found: string[] = [];
  for (const path of activePaths(shape.value)) {
    const is = now.states[path];
    if (!is) continue;
    const was = had(path);
    for (const type of is.afters) {
      if (!was.afters.includes(type) && shape.timers[type] === undefined) {
        found.push(`state ${path} waits for ${type}, whose timer was never armed`);
      }
    }
    for (const { id, src } of is.invokes) {
      const known = was.invokes.some((invoke) => invoke.id === id);
      if (!known && !shape.children[id])
        found.push(`state ${path} waits for ${id} (${src}), which was never started`);
    }
  }
  return found;
};
