/**
 * Where a walk through the conversation stands: the pure snapshot, and what the machine itself asked for and nobody has
 * answered yet (children, timers). Stepping is the engine's own pure stepper; nothing runs, time is a number.
 */
import type { AnyMachineSnapshot, AnyStateNode, TransitionDefinition } from 'xstate';
import type { ConversationContext } from '../../machines/conversation/context.ts';
import { conversationMachine } from '../../machines/conversation/machine.ts';
import { DEFAULT_OUTREACH_TIMING } from '../../machines/outreach/schedule.ts';
import { makeStepper, type PureAction, type PureStep } from '../../runtime/engine/step.ts';
import type { EventBody } from '../../runtime/engine/types.ts';

export interface Child {
  readonly id: string;
  readonly src: string;
  readonly input: unknown;
}

export interface Timer {
  readonly id: string;
  readonly dueAt: number;
  readonly event: EventBody;
}

export interface Place {
  readonly snapshot: AnyMachineSnapshot;
  /** Ms since the epoch. */
  readonly now: number;
  readonly children: ReadonlyMap<string, Child>;
  readonly timers: ReadonlyMap<string, Timer>;
  /** Events that came from outside so far: ids of messages are made of it. */
  readonly told: number;
  /** Local ids of every message that a send was asked for. */
  readonly sent: readonly string[];
}

export type Transition = TransitionDefinition<never, never>;

export interface Step {
  readonly before: Place;
  readonly after: Place;
  readonly event: EventBody;
  readonly actions: readonly PureAction[];
  readonly taken: readonly Transition[];
  readonly guards: PureStep['guards'];
}

/** A Thursday morning in Dubai. */
export const START = Date.UTC(2026, 0, 15, 6, 0, 0);

export const TIMING = {
  debounceMs: 1500,
  debounceMaxMs: 6000,
  replyDeadlineMs: 10_000,
  handOverReturnMs: 8 * 3_600_000,
  // Always open: what comes next must not depend on the hour at which a walk begins.
  outreach: { ...DEFAULT_OUTREACH_TIMING, hours: 'always' as const },
};

export const INPUT = {
  id: 'wz:c1:971501234567',
  channelId: 'c1',
  chatId: '971501234567',
  timing: TIMING,
};

const stepper = makeStepper(conversationMachine, { guardsPerStep: 500, microsteps: 200 });

let taken: Transition[] = [];
stepper.scope.system.inspect((event) => {
  if (event.type !== '@xstate.microstep') return;
  taken.push(...((event as unknown as { _transitions: readonly Transition[] })._transitions ?? []));
});

export const machine = stepper.machine;

export const contextOf = (place: Place): ConversationContext => place.snapshot.context;

const activeNodes = (place: Place): readonly AnyStateNode[] =>
  (place.snapshot as unknown as { _nodes: readonly AnyStateNode[] })._nodes;

const paths = new WeakMap<AnyMachineSnapshot, ReadonlySet<string>>();

/** Dotted paths of all active states, parents included; each rule asks, so they are kept with the snapshot. */
export const statesOf = (place: Place): ReadonlySet<string> => {
  const known = paths.get(place.snapshot);
  if (known) return known;
  const states = new Set(activeNodes(place).map(pathOf));
  paths.set(place.snapshot, states);
  return states;
};

const nodePaths = new Map<AnyStateNode, string>();
const pathOf = (node: AnyStateNode): string => {
  const known = nodePaths.get(node) ?? node.path.join('.');
  nodePaths.set(node, known);
  return known;
};

/** Ids of all active states, as XState writes them into timers. */
export const stateIdsOf = (place: Place): ReadonlySet<string> =>
  new Set(activeNodes(place).map((node) => node.id));

/** Ids of the children that the active states invoke. */
export const invokedBy = (place: Place): ReadonlySet<string> =>
  new Set(activeNodes(place).flatMap((node) => node.invoke.map(({ id }) => id)));

export const leavesOf = (place: Place): readonly string[] =>
  activeNodes(place)
    .filter((node) => node.type === 'atomic' || node.type === 'final')
    .map(pathOf);

/** The conversation before anybody wrote. */
export const begin = (now: number = START): Place => {
  const step = stepper.begin(INPUT);
  const empty = { now, children: new Map(), timers: new Map(), told: 0, sent: [] };
  return settle({ ...empty, snapshot: step.snapshot }, step, now);
};

/** Takes one event. `from` is the place as it is when the event comes: a timer or child that ends is out of it already. */
export const take = (from: Place, event: EventBody, at: number = from.now): Step => {
  taken = [];
  const step = stepper.step(from.snapshot, { ...event, at });
  return {
    before: from,
    after: settle(from, step, at),
    event,
    actions: step.actions,
    taken,
    guards: step.guards,
  };
};

const settle = (from: Place, step: PureStep, now: number): Place => {
  const children = new Map(from.children);
  const timers = new Map(from.timers);
  const sent = [...from.sent];
  for (const action of step.actions) {
    switch (action.op) {
      case 'spawn': {
        children.set(action.childId, { id: action.childId, src: action.src, input: action.input });
        if (action.src === 'sendMessage') sent.push((action.input as { localId: string }).localId);
        break;
      }
      case 'stop':
        children.delete(action.childId);
        break;
      case 'arm': {
        const id = action.timerId ?? `${action.event.type}@${now}`;
        timers.set(id, { id, dueAt: now + action.delayMs, event: action.event });
        break;
      }
      case 'disarm':
        timers.delete(action.timerId);
        break;
      case 'command':
      case 'emit':
    }
  }
  return { snapshot: step.snapshot, now, children, timers, told: from.told, sent };
};
