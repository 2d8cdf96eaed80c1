/**
 * Old snapshots under a new machine (G9): the path of migrations, and what an actor is after it, as actions. Pure: the
 * commit that next touches the actor writes them, with a journal row of their own.
 */
import { Exit, Schema } from 'effect';
import type { AnyMachineSnapshot } from 'xstate';
import { type ActorState, readEnvelope, reviveActor } from './envelope.ts';
import { reasonOf, SnapshotRefused } from './errors.ts';
import type { HostedKind } from './host.ts';
import { isAfterTimer, partsOf } from './machine-parts.ts';
import { activePaths, misfitsOf, missingOf } from './snapshot-fit.ts';
import type { PureAction } from './step.ts';
import type { ActorKind, EventBody, Migration, StoredSnapshot } from './types.ts';

/** The event of the journal row that a migration leaves. */
export const MIGRATED = 'engine.migrated';

/** Types both contexts of a migration. */
export const migration = <Before, After>(given: {
  readonly from: string;
  readonly to: string;
  readonly migrate: (snapshot: StoredSnapshot<Before>) => StoredSnapshot<After>;
}): Migration => ({
  from: given.from,
  to: given.to,
  migrate: (snapshot) => given.migrate(snapshot as StoredSnapshot<Before>),
});

/** The migrations that lead from a version to the shipped one, in order; null: none do. Empty: it is the shipped one. */
export const pathFrom = (
  kind: Pick<ActorKind, 'version' | 'migrations'>,
  version: string,
): readonly Migration[] | null => {
  const path: Migration[] = [];
  for (let at = version; at !== kind.version; ) {
    const next = kind.migrations?.find(({ from }) => from === at);
    if (!next || path.includes(next)) return null;
    path.push(next);
    at = next.to;
  }
  return path;
};

/** What is wrong with a kind's migrations as such. */
export const faultsOfMigrations = (kind: Pick<ActorKind, 'version' | 'migrations'>): readonly string[] => {
  const all = kind.migrations ?? [];
  return all.flatMap(({ from, to }) => [
    ...(all.filter((other) => other.from === from).length > 1
      ? [`two migrations lead away from ${from}`]
      : []),
    ...(pathFrom(kind, from) === null
      ? [`the migration from ${from} to ${to} does not lead to ${kind.version}`]
      : []),
  ]);
};

/** An actor brought to the shipped version, and what that asks of the host. */
export interface Migrated {
  readonly from: string;
  /** As it was stored; its snapshot has a value and a context and is good for nothing else. */
  readonly before: ActorState;
  readonly snapshot: AnyMachineSnapshot;
  /** Armed timers from now on: id to due time, ms since the epoch. */
  readonly timers: Readonly<Record<string, number>>;
  readonly actions: readonly PureAction[];
}

/** Brings a stored envelope back; {@link Migrated} when that took a migration. Throws {@link SnapshotRefused}. */
export const restoreActor = (hosted: HostedKind, text: string, now: number): ActorState | Migrated => {
  const { kind, stepper } = hosted;
  const envelope = readEnvelope(text);
  const version = envelope.machineVersion ?? kind.version;
  const path = pathFrom(kind, version);
  if (path === null || path.length === 0) return reviveActor(stepper, envelope);
  const old = envelope.stored;
  const stored = migrate(path, old);
  const faults = faultsAfter(kind, old, stored);
  if (faults.length > 0) throw refuse(`after the migration from ${version}: ${faults.join('; ')}`);
  const { snapshot } = reviveActor(stepper, { ...envelope, stored });
  const before = {
    // Only its value and context are looked at: the machine that could revive it is gone.
    snapshot: { value: old.value, context: old.context, status: old.status } as AnyMachineSnapshot,
    bindings: envelope.bindings,
    timers: envelope.timers,
  };
  const actions = [
    ...childActions(hosted, old, stored, snapshot, { from: version, to: kind.version, at: now }),
    ...timerActions(old, stored, now),
  ];
  return { from: version, before, snapshot, timers: stored.timers, actions };
};

/** Runs the migrations one after the other. Throws {@link SnapshotRefused} when one of them throws. */
export const migrate = (path: readonly Migration[], old: StoredSnapshot): StoredSnapshot => {
  let stored = old;
  for (const { from, to, migrate: next } of path) {
    try {
      // A copy: a migration that changes what it is given must not change what is compared afterwards.
      stored = next(structuredClone(stored));
    } catch (error) {
      throw refuse(`the migration from ${from} to ${to} failed: ${reasonOf(error)}`);
    }
  }
  return stored;
};

/** What the result of a migration lacks; a state that was active before under the same name promises nothing new. */
const faultsAfter = (kind: ActorKind, old: StoredSnapshot, stored: StoredSnapshot): readonly string[] => {
  const faults = [...misfitsOf(kind.machine, stored)];
  const parts = partsOf(kind.machine);
  const wasActive = activePaths(old.value);
  const nothing = { afters: [], invokes: [] };
  faults.push(
    ...missingOf(parts, stored, (path) => (wasActive.has(path) ? (parts.states[path] ?? nothing) : nothing)),
  );
  for (const [id, at] of Object.entries(stored.timers)) {
    if (old.timers[id] !== at && !isAfterTimer(id)) faults.push(`timer ${id} was added and is not an after`);
    if (!Number.isSafeInteger(at)) faults.push(`timer ${id} is not due at a whole number of ms`);
  }
  const schema = kind.contextSchema;
  const context = schema === undefined ? null : contextFault(schema, stored.context);
  return context === null ? faults : [...faults, context];
};

/** Why a stored context is not what the schema says, or null. Values of the context are left out: they may be private. */
export const contextFault = (schema: Schema.Decoder<unknown>, context: unknown): string | null => {
  const exit = Schema.decodeUnknownExit(schema)(context, { errors: 'first' });
  if (Exit.isSuccess(exit)) return null;
  const at = /\bat ((?:\["[^"]*"\]|\[\d+\])+)/.exec(String(exit.cause))?.[1];
  return `the context does not fit the schema${at === undefined ? '' : ` at ${at}`}`;
};

/** A child that went is stopped; one that came, or runs another program now, is started. */
const childActions = (
  hosted: HostedKind,
  old: StoredSnapshot,
  stored: StoredSnapshot,
  snapshot: AnyMachineSnapshot,
  versions: { readonly from: string; readonly to: string; readonly at: number },
): readonly PureAction[] => {
  const actions: PureAction[] = [];
  for (const [childId, { src }] of Object.entries(old.children)) {
    if (stored.children[childId]?.src !== src) actions.push({ op: 'stop', childId, src });
  }
  const event = { type: MIGRATED, ...versions };
  for (const [childId, { src }] of Object.entries(stored.children)) {
    if (old.children[childId]?.src === src) continue;
    actions.push({ op: 'spawn', childId, src, input: inputOf(hosted, snapshot, childId, src, event) });
  }
  return actions;
};

/** The input that the active state declares for its invoke. Throws {@link SnapshotRefused} when no state does. */
const inputOf = (
  { stepper }: HostedKind,
  snapshot: AnyMachineSnapshot,
  childId: string,
  src: string,
  event: EventBody,
): unknown => {
  const invokes = snapshot._nodes.flatMap((node) => node.invoke);
  const invoke = invokes.find((item) => item.id === childId && item.src === src);
  if (!invoke) throw refuse(`a migration adds the child ${childId} (${src}), which no active state invokes`);
  const { input } = invoke as { readonly input?: unknown };
  if (typeof input !== 'function') return input;
  return input({ context: snapshot.context, event, self: stepper.scope.self });
};

const timerActions = (old: StoredSnapshot, stored: StoredSnapshot, now: number): readonly PureAction[] => {
  const actions: PureAction[] = [];
  for (const timerId of Object.keys(old.timers)) {
    if (stored.timers[timerId] === undefined) actions.push({ op: 'disarm', timerId });
  }
  for (const [timerId, at] of Object.entries(stored.timers)) {
    if (old.timers[timerId] === at) continue;
    actions.push({ op: 'arm', timerId, event: { type: timerId }, delayMs: Math.max(0, at - now) });
  }
  return actions;
};

const refuse = (why: string): SnapshotRefused =>
  new SnapshotRefused({
    message: `The stored snapshot cannot be brought to this version of the machine: ${why}.`,
    retryable: false,
  });
