/** A machine as the JSON that Stately's editor loads: structure and names, without the code behind them. */
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { guardName } from '../conversations/machine-graph.ts';

type Json = Record<string, unknown>;
type Definition = AnyStateNode['always'] extends readonly (infer T)[] | undefined ? T : never;

/** The same states and transitions when it is given to `createMachine`; a test compares them. */
export const machineConfig = (machine: AnyStateMachine): Json => ({
  id: machine.id,
  ...nodeConfig(machine.root as AnyStateNode),
});

const present = (entries: Json): Json =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));

const filled = (record: Json): Json | undefined => (Object.keys(record).length === 0 ? undefined : record);

const nodeConfig = (node: AnyStateNode): Json => {
  const { on, after, onDone, results } = sorted(node);
  const states = Object.fromEntries(
    Object.entries(node.states).map(([key, child]) => [key, nodeConfig(child as AnyStateNode)]),
  );
  return present({
    type: node.type === 'atomic' || node.type === 'compound' ? undefined : node.type,
    history: node.type === 'history' ? node.history : undefined,
    initial: node.type === 'compound' ? node.initial?.target?.[0]?.key : undefined,
    description: node.description,
    meta: node.meta,
    tags: node.tags.length === 0 ? undefined : node.tags,
    entry: namesOf(node.entry),
    exit: namesOf(node.exit),
    invoke:
      node.invoke.length === 0
        ? undefined
        : node.invoke.map(({ id, src }) =>
            present({
              id,
              src: String(src),
              onDone: results.get(`xstate.done.actor.${id}`),
              onError: results.get(`xstate.error.actor.${id}`),
            }),
          ),
    always: node.always === undefined ? undefined : node.always.map(transition),
    after: filled(after),
    on: filled(on),
    onDone,
    states: filled(states),
  });
};

/** Transitions by where a configuration writes them. */
const sorted = (node: AnyStateNode) => {
  const on: Json = {};
  const after: Json = {};
  const results = new Map<string, unknown>();
  let onDone: unknown;
  const own = new Set(
    node.invoke.flatMap(({ id }) => [`xstate.done.actor.${id}`, `xstate.error.actor.${id}`]),
  );
  for (const [event, definitions] of node.transitions) {
    const written = definitions.map(transition);
    const delay = /^xstate\.after\.([^.]+)\./.exec(event)?.[1];
    if (delay !== undefined) after[delay] = written;
    else if (own.has(event)) results.set(event, written);
    else if (event.startsWith('xstate.done.state.')) onDone = written;
    else on[event] = written;
  }
  return { on, after, onDone, results };
};

const transition = ({ target, guard, actions, reenter }: Definition): Json =>
  present({
    target: target?.[0] === undefined ? undefined : `#${target[0].id}`,
    guard: guardName(guard) ?? undefined,
    actions: namesOf(actions),
    reenter: reenter || undefined,
  });

/** Named actions by name; what is written in place is named for what it does. */
const namesOf = (actions: readonly unknown[]): readonly string[] | undefined =>
  actions.length === 0
    ? undefined
    : actions.map((action) => {
        if (typeof action === 'string') return action;
        const { type, name } = action as { readonly type?: unknown; readonly name?: unknown };
        return String(type ?? name ?? 'inline');
      });
