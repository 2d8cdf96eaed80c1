/**
 * What `machine.getPersistedSnapshot` gives, as far as the engine keeps it: children as their source only. XState walks
 * through the whole context at each call to replace references to actors, which costs more than the step itself; a
 * hosted machine has none there (step.ts refuses `spawn` in `assign`). `xstate-probe.test.ts` compares both.
 */
import type { AnyMachineSnapshot } from 'xstate';

interface NodeRef {
  readonly id: string;
}

/** Plain data, shared with the live snapshot: stringify it, do not change it. */
export const persistedSnapshot = (snapshot: AnyMachineSnapshot): Readonly<Record<string, unknown>> => {
  const { status, output, error, value, context, children } = snapshot;
  const history = snapshot.historyValue as Readonly<Record<string, readonly NodeRef[]>>;
  const sources: Record<string, { readonly src: unknown }> = {};
  for (const id in children) sources[id] = { src: children[id]?.src };
  const historyValue: Record<string, readonly NodeRef[]> = {};
  for (const key in history) historyValue[key] = (history[key] ?? []).map(({ id }) => ({ id }));
  return { status, output, error, value, historyValue, context, children: sources };
};
