/** One event reaches one actor: pure. The rules of staleness (G6, G7) live here. */

import { type DiffLimits, diffJson } from './diff.ts';
import { type Effects, interpret } from './effects.ts';
import type { ActorState } from './envelope.ts';
import { reasonOf, StepFailed } from './errors.ts';
import type { HostedKind } from './host.ts';
import { MIGRATED, type Migrated } from './migrations.ts';
import { leafPaths } from './state-paths.ts';
import { dropEnded, type PureStep } from './step.ts';
import { PAUSED, RESUMED } from './store/pauses.ts';
import type { AppliedStep, Cause, EventBody, JournalTimer } from './types.ts';

/** An event as it lies in the mailbox. */
export interface PendingEvent {
  readonly actorId: string;
  readonly eventId: string;
  readonly kind: string;
  readonly cause: Cause;
  readonly receivedAt: number;
  readonly body: EventBody;
  /** Why it was parked before, when it was. */
  readonly parkedReason: string | null;
  readonly discarded: boolean;
}

export interface Taken {
  readonly state: ActorState;
  readonly step: AppliedStep;
  readonly effects: Effects;
  /** The timer that this event used up. */
  readonly fired: string | null;
}

export interface StepContext {
  readonly hosted: HostedKind;
  readonly actorId: string;
  /** Ms since the epoch. */
  readonly now: number;
  readonly diffLimits: DiffLimits;
}

/** Every actor's first journal row: the machine's start, seq 1. Throws what the machine throws. */
export const beginActor = (context: StepContext): Taken => {
  const { hosted, actorId, now } = context;
  const input = hosted.kind.inputFor(actorId);
  const pure = orThrow(hosted.stepper.begin(input));
  return settle(context, {
    seq: 1,
    eventId: `${actorId}:init`,
    cause: 'system',
    event: { type: 'xstate.init', input: input ?? null, at: now },
    before: null,
    pure,
    fired: null,
  });
};

/** The journal row of a migration: it stands before the event that woke the actor (G9). */
export const takeMigration = (context: StepContext, seq: number, migrated: Migrated): Taken => {
  const { actorId, now, hosted } = context;
  const { from, before, snapshot, actions } = migrated;
  return settle(context, {
    seq,
    eventId: `${actorId}:migrated:${seq}`,
    cause: 'system',
    event: { type: MIGRATED, from, to: hosted.kind.version, at: now },
    before,
    pure: { snapshot, actions, guards: [] },
    fired: null,
  });
};

/** Applies the event, or journals why it had no effect. Throws what the machine throws, or {@link StepFailed}. */
export const takeEvent = (
  context: StepContext,
  before: ActorState,
  seq: number,
  pending: PendingEvent,
): Taken => {
  const { hosted } = context;
  const event: EventBody = { ...pending.body, at: pending.receivedAt };
  const fact = { seq, eventId: pending.eventId, cause: pending.cause, event };
  const ignore = (why: string, state = before): Taken => ignored(context, fact, state, why);
  if (pending.body.type === PAUSED) return takePause(context, before, fact, pending);
  if (pending.discarded) return ignore(`discarded: ${pending.parkedReason ?? 'by an operator'}`);
  if (pending.kind !== hosted.kind.kind) return ignore(`addressed to a ${pending.kind}`);
  const timer = firingOf(pending);
  if (timer !== null && before.timers[timer.id]?.armedSeq !== timer.armedSeq) {
    return ignore('timer of a state that was left');
  }
  const childId = childOfResult(pending);
  if (childId !== null && before.bindings[childId] !== event.commandId) {
    return ignore(`stale result: ${String(event.commandId)} was superseded`);
  }
  const state = {
    snapshot: before.snapshot,
    bindings: childId === null ? before.bindings : without(before.bindings, childId),
    timers: timer === null ? before.timers : without(before.timers, timer.id),
  };
  const fired = timer?.id ?? null;
  const rest = { ...fact, before: state, fired };
  const still = { snapshot: state.snapshot, actions: [], guards: [] };
  if (state.snapshot.status !== 'active') {
    return settle(context, { ...rest, pure: still, ignored: `the actor is ${state.snapshot.status}` });
  }
  const stepped = orThrow(hosted.stepper.step(state.snapshot, event));
  const pure = childId === null ? stepped : dropEnded(state.snapshot, stepped, childId);
  const moved = pure.snapshot !== state.snapshot || pure.actions.length > 0;
  return settle(
    context,
    moved ? { ...rest, pure } : { ...rest, pure, ignored: 'no transition in this state' },
  );
};

/** The machine is not asked: a pause is the engine's own. The row that stood in the way is the end of it. */
const takePause = (context: StepContext, before: ActorState, fact: Fact, pending: PendingEvent): Taken =>
  pending.parkedReason === null
    ? ignored(context, fact, before, `paused: ${String(pending.body.reason)}`)
    : ignored(context, { ...fact, event: { ...fact.event, type: RESUMED } }, before, 'resumed');

/** A machine in status error would swallow every later event: an unhandled `xstate.error.*` does that (step 4). */
const orThrow = (pure: PureStep): PureStep => {
  if (pure.snapshot.status !== 'error') return pure;
  const { error } = pure.snapshot as { error: unknown };
  const text =
    typeof error === 'object' && error !== null && 'message' in error
      ? String(error.message)
      : reasonOf(error);
  throw new StepFailed({
    message: `Nobody handles this failure in the present state: ${text}`,
    retryable: false,
  });
};

const FIRED = /^(.+):(\d+):fired$/s;
const RESULT = /^xstate\.(?:done|error)\.actor\.(.+)$/s;

const firingOf = (pending: PendingEvent): { id: string; armedSeq: number } | null => {
  const match = pending.cause === 'timer' ? FIRED.exec(pending.eventId) : null;
  return match?.[1] === undefined ? null : { id: match[1], armedSeq: Number(match[2]) };
};

const childOfResult = (pending: PendingEvent): string | null =>
  pending.cause === 'result' ? (RESULT.exec(pending.body.type)?.[1] ?? null) : null;

const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> => {
  const { [key]: _dropped, ...rest } = record;
  return rest;
};

interface Fact {
  readonly seq: number;
  readonly eventId: string;
  readonly cause: Cause;
  readonly event: EventBody;
}

const ignored = (context: StepContext, fact: Fact, before: ActorState, why: string): Taken =>
  settle(context, {
    ...fact,
    before,
    pure: { snapshot: before.snapshot, actions: [], guards: [] },
    fired: null,
    ignored: why,
  });

interface Settling extends Fact {
  /** Null for an actor that did not exist. */
  readonly before: ActorState | null;
  readonly pure: PureStep;
  readonly fired: string | null;
  readonly ignored?: string;
}

const settle = (context: StepContext, settling: Settling): Taken => {
  const { hosted, actorId, now } = context;
  const { seq, before, pure, fired } = settling;
  const effects = interpret({
    actorId,
    seq,
    now,
    bindings: before?.bindings ?? {},
    timers: before?.timers ?? {},
    actions: pure.actions,
    ended: pure.snapshot.status !== 'active' && pure.snapshot !== before?.snapshot,
    hasHandler: (name) => Object.hasOwn(hosted.kind.commands, name),
  });
  const state = { snapshot: pure.snapshot, bindings: effects.bindings, timers: effects.timers };
  const firing: readonly JournalTimer[] = fired === null ? [] : [{ id: fired, op: 'fired' }];
  const row = {
    actorId,
    seq,
    at: now,
    eventId: settling.eventId,
    cause: settling.cause,
    event: settling.event,
    from: before === null ? [] : leafPaths(before.snapshot.value),
    to: leafPaths(pure.snapshot.value),
    guards: pure.guards,
    contextDiff: diffJson(before === null ? undefined : shown(before), shown(state), context.diffLimits),
    commands: effects.journalCommands,
    timers: [...firing, ...effects.journalTimers],
    machineVersion: hosted.kind.version,
    ignored: settling.ignored ?? null,
  };
  const timers = Object.fromEntries(Object.entries(state.timers).map(([id, { at }]) => [id, at]));
  return { state, step: { row, snapshot: pure.snapshot, timers, emitted: effects.emitted }, effects, fired };
};

/** What the journal's changes are about. */
const shown = ({ snapshot }: ActorState) => ({ value: snapshot.value, context: snapshot.context });
