/**
 * The only file that runs XState. A step is pure: (snapshot, event) in, (snapshot, actions as data) out.
 *
 * It calls `machine.transition` with one inert scope per machine instead of the public `transition()`, which builds an
 * actor and computes the initial state at each call: 4-8 times dearer (design 5), and the guards of the initial state
 * would be recorded as tried. `xstate-probe.test.ts` compares both. Machines with system ids are refused at
 * registration, so nothing is shared through the scope.
 */
import { type AnyActorRef, type AnyMachineSnapshot, type AnyStateMachine, createEmptyActor } from 'xstate';
import { StepFailed } from './errors.ts';
import { recordGuards } from './guard-recorder.ts';
import type { EventBody, GuardTried } from './types.ts';

/** What a step asks of the host. */
export type PureAction =
  | { readonly op: 'spawn'; readonly childId: string; readonly src: string; readonly input: unknown }
  | { readonly op: 'stop'; readonly childId: string; readonly src: string }
  /** `timerId` null: the machine gave none, the host names it by seq. */
  | {
      readonly op: 'arm';
      readonly timerId: string | null;
      readonly event: EventBody;
      readonly delayMs: number;
    }
  | { readonly op: 'disarm'; readonly timerId: string }
  | { readonly op: 'command'; readonly name: string; readonly input: unknown }
  | { readonly op: 'emit'; readonly event: EventBody };

export interface PureStep {
  readonly snapshot: AnyMachineSnapshot;
  readonly actions: readonly PureAction[];
  readonly guards: readonly GuardTried[];
}

export interface Stepper {
  /** The machine with its guards recorded; it restores and persists snapshots too. */
  readonly machine: AnyStateMachine;
  readonly scope: Scope;
  readonly begin: (input: unknown) => PureStep;
  readonly step: (snapshot: AnyMachineSnapshot, event: EventBody) => PureStep;
}

export type Scope = Parameters<AnyStateMachine['transition']>[2];

/** What XState hands to an executor; `info` and `exec` are live objects and stay here. */
interface RawAction {
  readonly type: string;
  readonly params: unknown;
}

/** Builds the stepper of one machine. Both functions throw what the machine throws, or {@link StepFailed}. */
export const makeStepper = (
  original: AnyStateMachine,
  limits: { readonly guardsPerStep: number; readonly microsteps: number },
): Stepper => {
  const { machine, during } = recordGuards(original, limits.guardsPerStep);
  machine.options.maxIterations = Math.min(machine.options.maxIterations ?? Infinity, limits.microsteps);
  let collected: RawAction[] = [];
  const self = createEmptyActor();
  const nothing = (): void => {};
  const scope: Scope = {
    self: self as never,
    system: self.system,
    id: machine.id,
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor: (action) => void collected.push(action as RawAction),
  };
  const run = (before: AnyMachineSnapshot | null, move: () => AnyMachineSnapshot): PureStep => {
    collected = [];
    const { value: snapshot, guards } = during(move);
    const actions = collected.flatMap((raw) => readAction(raw, self));
    refuseHiddenSpawns(before, snapshot, actions);
    return { snapshot, actions, guards };
  };
  return {
    machine,
    scope,
    begin: (input) => run(null, () => machine.getInitialSnapshot(scope, input as never)),
    step: (snapshot, event) => run(snapshot, () => machine.transition(snapshot, event, scope)),
  };
};

/**
 * The step after a child's result, without that child. XState keeps a spawned child that has ended until somebody stops
 * it; a durable actor would carry each one for life (G10). One that the step started anew under the same id stays.
 */
export const dropEnded = (before: AnyMachineSnapshot, after: PureStep, childId: string): PureStep => {
  const { snapshot } = after;
  const ended = before.children[childId];
  if (!ended || snapshot.children[childId] !== ended) return after;
  const { [childId]: _ended, ...children } = snapshot.children;
  return { ...after, snapshot: { ...snapshot, children } as AnyMachineSnapshot };
};

/** Takes type and params of a raw action; everything else about it is a live object. */
const readAction = (raw: RawAction, self: AnyActorRef): readonly PureAction[] => {
  const params = (raw.params ?? {}) as Readonly<Record<string, unknown>>;
  switch (raw.type) {
    case 'xstate.spawnChild':
      return [readSpawn(params)];
    case 'xstate.stopChild': {
      // The params are the child's reference itself, or nothing when there is no such child.
      const child = raw.params as AnyActorRef | undefined;
      return child ? [{ op: 'stop', childId: child.id, src: String(child.src) }] : [];
    }
    case 'xstate.raise':
      // Without a delay XState has raised it within the step already.
      return typeof params.delay === 'number' ? [readTimer(params, params.delay)] : [];
    case 'xstate.sendTo':
      if (params.to !== self) {
        throw fail('sendTo reaches only the actor itself: children are commands and take no events');
      }
      return [readTimer(params, typeof params.delay === 'number' ? params.delay : 0)];
    case 'xstate.cancel':
      return [{ op: 'disarm', timerId: String(params.sendId) }];
    case 'xstate.emit':
      return [{ op: 'emit', event: params.event as EventBody }];
    case 'xstate.log':
      return [];
    default:
      if (raw.type.startsWith('xstate.')) throw fail(`the host does not know the action ${raw.type}`);
      return [{ op: 'command', name: raw.type, input: raw.params }];
  }
};

const readSpawn = (params: Readonly<Record<string, unknown>>): PureAction => {
  const { src, actorRef, input } = params;
  if (typeof src !== 'string') {
    throw fail('a child was given as an inline actor: name it in setup({actors}) and refer to it by name');
  }
  if (!actorRef) throw fail(`there is no actor called ${src} in setup({actors})`);
  return { op: 'spawn', childId: (actorRef as AnyActorRef).id, src, input };
};

const readTimer = (params: Readonly<Record<string, unknown>>, delayMs: number): PureAction => {
  const timerId = typeof params.id === 'string' ? params.id : null;
  return { op: 'arm', timerId, event: params.event as EventBody, delayMs };
};

/** `spawn` inside `assign` starts a child without an action, so that the host would never hear of it. */
const refuseHiddenSpawns = (
  before: AnyMachineSnapshot | null,
  after: AnyMachineSnapshot,
  actions: readonly PureAction[],
): void => {
  if (before?.children === after.children) return;
  for (const childId of Object.keys(after.children)) {
    if (before?.children[childId]) continue;
    if (actions.some((action) => action.op === 'spawn' && action.childId === childId)) continue;
    throw fail(`the child ${childId} was spawned inside assign: use invoke or spawnChild`);
  }
};

const fail = (what: string): StepFailed => new StepFailed({ message: what, retryable: false });
