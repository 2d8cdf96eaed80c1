/** The stored form of an actor: its XState snapshot, which command each child is, and which timers are armed. */
import type { AnyMachineSnapshot } from 'xstate';
import { reasonOf, SnapshotRefused } from './errors.ts';
import { encodeJson } from './json.ts';
import type { Stepper } from './step.ts';

export interface ArmedTimer {
  /** Due time, ms since the epoch. */
  readonly at: number;
  /** The seq of the step that armed it: a firing that names another one is of a state that was left (G6). */
  readonly armedSeq: number;
}

/** An actor between two steps. */
export interface ActorState {
  readonly snapshot: AnyMachineSnapshot;
  /** Child id to the command that runs for it: a result of another command is stale (G7). */
  readonly bindings: Readonly<Record<string, string>>;
  readonly timers: Readonly<Record<string, ArmedTimer>>;
}

interface PersistedSnapshot {
  readonly value: unknown;
  readonly children: Readonly<Record<string, { readonly src: string }>>;
  readonly historyValue?: Readonly<Record<string, readonly unknown[]>>;
}

/** Children are kept as their source only: their input is in the outbox, and they have no state of their own. */
export const encodeActor = (stepper: Stepper, state: ActorState): string => {
  const persisted = stepper.machine.getPersistedSnapshot(state.snapshot) as unknown as PersistedSnapshot;
  const children = Object.fromEntries(
    Object.entries(persisted.children).map(([id, child]) => [id, { src: child.src }]),
  );
  return encodeJson({
    snapshot: { ...persisted, children },
    bindings: state.bindings,
    timers: state.timers,
  });
};

/**
 * Brings a stored actor back. XState drops children whose source is gone and history of states that are gone without a
 * word (anchors/engines.md 0.1); here that is a {@link SnapshotRefused}.
 */
export const decodeActor = (stepper: Stepper, text: string): ActorState => {
  const { snapshot, bindings, timers } = JSON.parse(text) as {
    snapshot: PersistedSnapshot;
    bindings: Record<string, string>;
    timers: Record<string, ArmedTimer>;
  };
  const restored = restore(stepper, snapshot);
  for (const [id, child] of Object.entries(snapshot.children)) {
    if (!restored.children[id]) {
      throw refuse(
        `its child ${id} runs ${child.src}, which machine ${stepper.machine.id} does not have any more`,
      );
    }
  }
  const history = restored.historyValue as Readonly<Record<string, readonly unknown[]>>;
  for (const [key, nodes] of Object.entries(snapshot.historyValue ?? {})) {
    if (history[key]?.length !== nodes.length) {
      throw refuse(`its history ${key} points to a state that machine ${stepper.machine.id} has no more`);
    }
  }
  return { snapshot: restored, bindings, timers };
};

const restore = (stepper: Stepper, persisted: PersistedSnapshot): AnyMachineSnapshot => {
  try {
    return stepper.machine.restoreSnapshot(persisted as never, stepper.scope);
  } catch (error) {
    throw refuse(reasonOf(error));
  }
};

const refuse = (why: string): SnapshotRefused =>
  new SnapshotRefused({
    message: `The stored snapshot does not fit this version of the machine: ${why}. Add a migration or restore what was removed.`,
    retryable: false,
  });
