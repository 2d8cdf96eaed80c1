/** The stored form of an actor: its XState snapshot, which command each child is, and which timers are armed. */
import type { AnyMachineSnapshot } from 'xstate';
import { reasonOf, SnapshotRefused } from './errors.ts';
import { encodeJson } from './json.ts';
import { persistedSnapshot } from './persisted-snapshot.ts';
import type { Stepper } from './step.ts';
import type { StoredSnapshot } from './types.ts';

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

/** What is stored, taken apart and not revived. */
export interface Envelope {
  /** Of the machine that wrote it; null in rows older than the stamp. */
  readonly machineVersion: string | null;
  readonly stored: StoredSnapshot;
  /** What else XState keeps of a snapshot (`output`, `error`). */
  readonly rest: Readonly<Record<string, unknown>>;
  readonly bindings: Readonly<Record<string, string>>;
  readonly timers: Readonly<Record<string, ArmedTimer>>;
}

interface PersistedSnapshot {
  readonly value: StoredSnapshot['value'];
  readonly context: unknown;
  readonly status: StoredSnapshot['status'];
  readonly children: Readonly<Record<string, { readonly src: string }>>;
  readonly historyValue?: Readonly<Record<string, readonly { readonly id: string }[]>>;
}

/** Children are kept as their source only: their input is in the outbox, and they have no state of their own. */
export const encodeActor = (state: ActorState, machineVersion: string): string =>
  encodeJson({
    machineVersion,
    snapshot: persistedSnapshot(state.snapshot),
    bindings: state.bindings,
    timers: state.timers,
  });

/** Takes a stored actor apart. */
export const readEnvelope = (text: string): Envelope => {
  const { machineVersion, snapshot, bindings, timers } = JSON.parse(text) as {
    machineVersion?: string;
    snapshot: PersistedSnapshot;
    bindings: Record<string, string>;
    timers: Record<string, ArmedTimer>;
  };
  const { value, context, status, children, historyValue, ...rest } = snapshot;
  const history = Object.entries(historyValue ?? {}).map(
    ([key, nodes]) => [key, nodes.map(({ id }) => id)] as const,
  );
  const due = Object.entries(timers).map(([id, { at }]) => [id, at] as const);
  return {
    machineVersion: machineVersion ?? null,
    stored: {
      value,
      context,
      status,
      children,
      historyValue: Object.fromEntries(history),
      timers: Object.fromEntries(due),
    },
    rest,
    bindings,
    timers,
  };
};

/** Brings a stored actor back as it is. Throws {@link SnapshotRefused} where XState would lose a part in silence. */
export const decodeActor = (stepper: Stepper, text: string): ActorState =>
  reviveActor(stepper, readEnvelope(text));

/**
 * The live form of an envelope. XState drops children whose source is gone and history of states that are gone without
 * a word (anchors/engines.md 0.1); here that is a {@link SnapshotRefused}.
 */
export const reviveActor = (stepper: Stepper, envelope: Envelope): ActorState => {
  const { stored, rest, bindings, timers } = envelope;
  const { value, context, status, children } = stored;
  const historyValue = Object.fromEntries(
    Object.entries(stored.historyValue).map(([key, ids]) => [key, ids.map((id) => ({ id }))]),
  );
  const restored = restore(stepper, { ...rest, value, context, status, children, historyValue });
  for (const [id, child] of Object.entries(children)) {
    if (!restored.children[id]) {
      throw refuse(
        `its child ${id} runs ${child.src}, which machine ${stepper.machine.id} does not have any more`,
      );
    }
  }
  const history = restored.historyValue as Readonly<Record<string, readonly unknown[]>>;
  for (const [key, ids] of Object.entries(stored.historyValue)) {
    if (history[key]?.length !== ids.length) {
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
