/** Turns the actions of one step into rows: commands, cancellations and timers, and into what the journal says of them. */

import type { ArmedTimer } from './envelope.ts';
import { StepFailed } from './errors.ts';
import type { PureAction } from './step.ts';
import type { EventBody, JournalCommand, JournalTimer } from './types.ts';

/** A command as it enters the outbox. */
export interface NewCommand {
  readonly commandId: string;
  readonly childId: string | null;
  readonly name: string;
  readonly op: 'invoke' | 'action';
  readonly input: unknown;
}

/** A timer as it enters the table. */
export interface NewTimer extends ArmedTimer {
  readonly timerId: string;
  readonly event: EventBody;
}

export interface Effects {
  readonly bindings: Readonly<Record<string, string>>;
  readonly timers: Readonly<Record<string, ArmedTimer>>;
  readonly spawned: readonly NewCommand[];
  /** Ids of commands whose child was stopped. */
  readonly cancelled: readonly string[];
  readonly armed: readonly NewTimer[];
  readonly disarmed: readonly string[];
  readonly emitted: readonly EventBody[];
  readonly journalCommands: readonly JournalCommand[];
  readonly journalTimers: readonly JournalTimer[];
}

export interface EffectsInput {
  readonly actorId: string;
  readonly seq: number;
  /** Ms since the epoch: delays count from here. */
  readonly now: number;
  readonly bindings: Readonly<Record<string, string>>;
  readonly timers: Readonly<Record<string, ArmedTimer>>;
  readonly actions: readonly PureAction[];
  /** The machine has reached its end: nothing of it may stay behind. */
  readonly ended: boolean;
  readonly hasHandler: (name: string) => boolean;
}

/** Timers of more than about 24 years are a mistake in the delay (and exceed what a number of ms can say safely). */
const MAX_DELAY_MS = 24 * 365 * 86_400_000;

/** Throws {@link StepFailed} when an action has no handler or a delay is not a time. Touches nothing it was given. */
export const interpret = (input: EffectsInput): Effects => {
  const draft = new Draft(input);
  for (const action of input.actions) draft.take(action);
  if (input.ended) draft.end();
  return draft.result();
};

class Draft {
  private readonly input: EffectsInput;
  private readonly bindings: Map<string, string>;
  private readonly timers: Map<string, ArmedTimer>;
  private readonly spawned: NewCommand[] = [];
  private readonly cancelled: string[] = [];
  private readonly armed = new Map<string, NewTimer>();
  private readonly disarmed = new Set<string>();
  private readonly emitted: EventBody[] = [];
  private readonly journalCommands: JournalCommand[] = [];
  private readonly journalTimers: JournalTimer[] = [];
  private readonly named = new Map<string, number>();

  constructor(input: EffectsInput) {
    this.input = input;
    this.bindings = new Map(Object.entries(input.bindings));
    this.timers = new Map(Object.entries(input.timers));
  }

  take(action: PureAction): void {
    switch (action.op) {
      case 'spawn': {
        const commandId = this.queue(action.src, action.childId, action.input);
        this.bindings.set(action.childId, commandId);
        return;
      }
      case 'command':
        this.queue(action.name, null, action.input);
        return;
      case 'stop':
        this.stop(action.childId, action.src);
        return;
      case 'arm':
        this.arm(action.timerId, action.event, action.delayMs);
        return;
      case 'disarm':
        this.disarm(action.timerId);
        return;
      case 'emit':
        this.emitted.push(action.event);
    }
  }

  end(): void {
    for (const [childId, commandId] of [...this.bindings]) this.stop(childId, this.nameOf(commandId));
    for (const timerId of [...this.timers.keys()]) this.disarm(timerId);
  }

  result(): Effects {
    return {
      bindings: Object.fromEntries(this.bindings),
      timers: Object.fromEntries(this.timers),
      spawned: this.spawned,
      cancelled: this.cancelled,
      armed: [...this.armed.values()],
      disarmed: [...this.disarmed],
      emitted: this.emitted,
      journalCommands: this.journalCommands,
      journalTimers: this.journalTimers,
    };
  }

  private queue(name: string, childId: string | null, input: unknown): string {
    if (!this.input.hasHandler(name)) {
      throw new StepFailed({
        message: `There is no command handler called ${name}: register it with the kind.`,
        retryable: false,
      });
    }
    const commandId = this.commandId(name);
    const op = childId === null ? 'action' : 'invoke';
    this.spawned.push({ commandId, childId, name, op, input: input ?? null });
    this.journalCommands.push({ id: commandId, name, op });
    return commandId;
  }

  /** `<actorId>:<seq>:<name>`, and `:<n>` from the second of that name in one step (contract 5). */
  private commandId(name: string): string {
    const count = (this.named.get(name) ?? 0) + 1;
    this.named.set(name, count);
    const base = `${this.input.actorId}:${this.input.seq}:${name}`;
    return count === 1 ? base : `${base}:${count}`;
  }

  private nameOf(commandId: string): string {
    const rest = commandId.slice(this.input.actorId.length + 1);
    return rest.split(':')[1] ?? rest;
  }

  /** A child whose result came already has no binding: there is nothing to cancel. */
  private stop(childId: string, name: string): void {
    const commandId = this.bindings.get(childId);
    if (commandId === undefined) return;
    this.bindings.delete(childId);
    this.cancelled.push(commandId);
    this.journalCommands.push({ id: commandId, name, op: 'stop' });
  }

  private arm(givenId: string | null, event: EventBody, delayMs: number): void {
    if (!(delayMs >= 0 && delayMs <= MAX_DELAY_MS)) {
      throw new StepFailed({ message: `${delayMs} ms is not a delay.`, retryable: false });
    }
    const timerId = givenId ?? `send:${this.input.seq}:${this.armed.size + 1}`;
    const at = this.input.now + Math.ceil(delayMs);
    const timer = { at, armedSeq: this.input.seq };
    this.timers.set(timerId, timer);
    this.armed.set(timerId, { ...timer, timerId, event });
    this.disarmed.delete(timerId);
    this.journalTimers.push({ id: timerId, op: 'armed', at });
  }

  private disarm(timerId: string): void {
    if (!this.timers.delete(timerId)) return;
    this.armed.delete(timerId);
    this.disarmed.add(timerId);
    this.journalTimers.push({ id: timerId, op: 'cancelled' });
  }
}
