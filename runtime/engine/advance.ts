/** Takes one actor through its pending events, in order, in memory. Pure: the writes are rows of the result. */

import type { NewCommand, NewTimer } from './effects.ts';
import { type ActorState, type ArmedTimer, encodeActor } from './envelope.ts';
import { reasonOf } from './errors.ts';
import type { HostedKind } from './host.ts';
import type { EngineLimits } from './limits.ts';
import { restoreActor } from './migrations.ts';
import { beginActor, type PendingEvent, type Taken, takeEvent, takeMigration } from './take-event.ts';
import type { AppliedStep } from './types.ts';

/** An actor as it was read. Both `snapshot` and `state` are null before its first transition. */
export interface LockedActor {
  readonly actorId: string;
  readonly kind: string;
  readonly version: number;
  /** The stored form; null as well when `state` is at hand. */
  readonly snapshot: string | null;
  /** From the cache, at this very version. */
  readonly state: ActorState | null;
}

export interface CommandRow extends NewCommand {
  readonly actorId: string;
  readonly kind: string;
  readonly status: 'pending' | 'cancelled';
}

export interface TimerRow extends NewTimer {
  readonly actorId: string;
  readonly kind: string;
}

export interface Parking {
  readonly actorId: string;
  readonly eventId: string;
  readonly type: string;
  readonly reason: string;
}

/** All that one actor's events change. */
export interface Advance {
  readonly actorId: string;
  readonly kind: string;
  readonly machineVersion: string;
  readonly fromVersion: number;
  readonly version: number;
  /** Null when no step was taken: then the actor's row is left alone. */
  readonly snapshot: string | null;
  /** The actor after the last step; null when it never began. */
  readonly state: ActorState | null;
  readonly steps: readonly AppliedStep[];
  /** Events to mark; seq 0: discarded before the actor ever began. */
  readonly applied: readonly { readonly eventId: string; readonly seq: number }[];
  readonly commands: readonly CommandRow[];
  /** Commands of earlier commits. */
  readonly cancelled: readonly string[];
  readonly armed: readonly TimerRow[];
  /** The timers that were armed before the first step. */
  readonly timersBefore: Readonly<Record<string, ArmedTimer>>;
  readonly disarmed: readonly string[];
  readonly parked: Parking | null;
}

/** The first event that the machine cannot take is parked, and those behind it wait (G8). */
export const advance = (
  hosted: HostedKind,
  locked: LockedActor,
  events: readonly PendingEvent[],
  now: number,
  limits: EngineLimits,
): Advance => {
  const run = new Run(hosted, locked, now, limits);
  for (const event of events) {
    try {
      run.take(event);
    } catch (error) {
      run.park(event, reasonOf(error));
      break;
    }
  }
  return run.result();
};

class Run {
  private readonly hosted: HostedKind;
  private readonly locked: LockedActor;
  private readonly context: Parameters<typeof takeEvent>[0];
  private state: ActorState | null;
  private version: number;
  private readonly steps: AppliedStep[] = [];
  private readonly applied: { eventId: string; seq: number }[] = [];
  private readonly commands = new Map<string, CommandRow>();
  private readonly cancelled: string[] = [];
  private readonly armed = new Map<string, TimerRow>();
  private readonly disarmed = new Set<string>();
  private timersBefore: Readonly<Record<string, ArmedTimer>>;
  private parked: Parking | null = null;

  constructor(hosted: HostedKind, locked: LockedActor, now: number, limits: EngineLimits) {
    this.hosted = hosted;
    this.locked = locked;
    this.version = locked.version;
    this.state = locked.state;
    this.timersBefore = locked.state?.timers ?? {};
    this.context = { hosted, actorId: locked.actorId, now, diffLimits: limits };
  }

  /** All or nothing: whatever throws does so before anything is noted. */
  take(event: PendingEvent): void {
    if (this.state === null && this.locked.snapshot !== null) {
      const restored = restoreActor(this.hosted, this.locked.snapshot, this.context.now);
      if ('actions' in restored) this.note(takeMigration(this.context, this.version + 1, restored));
      else {
        this.state = restored;
        this.timersBefore = restored.timers;
      }
    }
    if (this.state === null && event.discarded) {
      this.applied.push({ eventId: event.eventId, seq: 0 });
      return;
    }
    const before = this.state ?? this.note(beginActor(this.context));
    this.note(takeEvent(this.context, before, this.version + 1, event));
    this.applied.push({ eventId: event.eventId, seq: this.version });
  }

  park(event: PendingEvent, reason: string): void {
    this.parked = { actorId: event.actorId, eventId: event.eventId, type: event.body.type, reason };
  }

  result(): Advance {
    const { actorId, kind, version } = this.locked;
    return {
      actorId,
      kind,
      machineVersion: this.hosted.kind.version,
      fromVersion: version,
      version: this.version,
      snapshot:
        this.state && this.version > version ? encodeActor(this.state, this.hosted.kind.version) : null,
      state: this.state,
      steps: this.steps,
      applied: this.applied,
      commands: [...this.commands.values()],
      cancelled: this.cancelled,
      armed: [...this.armed.values()],
      timersBefore: this.timersBefore,
      disarmed: [...this.disarmed],
      parked: this.parked,
    };
  }

  private note({ state, step, effects, fired }: Taken): ActorState {
    const { actorId, kind } = this.locked;
    this.state = state;
    this.version = step.row.seq;
    this.steps.push(step);
    for (const command of effects.spawned) {
      this.commands.set(command.commandId, { ...command, actorId, kind, status: 'pending' });
    }
    for (const commandId of effects.cancelled) {
      const own = this.commands.get(commandId);
      if (own) this.commands.set(commandId, { ...own, status: 'cancelled' });
      else this.cancelled.push(commandId);
    }
    for (const timerId of fired === null ? effects.disarmed : [fired, ...effects.disarmed]) {
      this.armed.delete(timerId);
      this.disarmed.add(timerId);
    }
    for (const timer of effects.armed) {
      this.disarmed.delete(timer.timerId);
      this.armed.set(timer.timerId, { ...timer, actorId, kind });
    }
    return state;
  }
}
