/** One commit: lock actors, read their events, step them in memory, write everything, keep the read models. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Advance, advance, type CommandRow, type Parking } from './advance.ts';
import type { Context } from './context.ts';
import type { Client } from './database.ts';
import { encodeJson } from './json.ts';
import { lockActors, pendingEvents } from './store/lock-actors.ts';
import { type Cancelled, recordAdvances } from './store/record-advances.ts';
import type { PendingEvent } from './take-event.ts';
import type { AppliedStep } from './types.ts';

export interface BatchOutcome {
  readonly steps: readonly AppliedStep[];
  /** To be started by this replica. */
  readonly commands: readonly CommandRow[];
  readonly cancelled: Cancelled;
  /** Due times of timers armed by the batch, ms since the epoch. */
  readonly timersDue: readonly number[];
  /** Actors with more events than one commit takes. */
  readonly again: readonly string[];
  /** Actors that somebody else holds. */
  readonly locked: readonly string[];
  /** Actors with mail that cannot be applied now: a parked event stands before it. */
  readonly blocked: readonly string[];
  readonly parked: readonly Parking[];
}

/** The batch was rolled back. `events` are those that had been read. */
export class BatchFailed extends Error {
  override readonly name = 'BatchFailed';
  readonly events: readonly PendingEvent[];

  constructor(cause: unknown, events: readonly PendingEvent[]) {
    super('The batch was rolled back.', { cause });
    this.events = events;
  }
}

/** Applies the pending events of the actors in one commit. Throws {@link BatchFailed}; then nothing has changed. */
export const applyBatch = async (
  context: Context,
  actorIds: readonly string[],
  eventsPerActor: number,
): Promise<BatchOutcome> => {
  let events: readonly PendingEvent[] = [];
  try {
    await context.trigger('apply.before-lock');
    const committed = await context.db.transaction(async (client) => {
      const loaded = await loadBatch(context, client, actorIds, eventsPerActor);
      events = loaded.work.flatMap((item) => item.events);
      await context.trigger('apply.after-load');
      const advances = await stepAll(context, loaded.work);
      const cancelled = await writeAll(context, client, advances);
      await context.trigger('apply.before-commit');
      return { advances, outcome: outcomeOf(loaded, advances, cancelled) };
    });
    remember(context, committed.advances);
    await context.trigger('apply.after-commit');
    return committed.outcome;
  } catch (error) {
    // A machine may have touched the context it was given, against the rules: only what is stored is sure.
    for (const id of actorIds) context.cache.drop(id);
    throw new BatchFailed(error, events);
  }
};

/** Keeps the actors' new states for their next events. Only after the commit. */
export const remember = ({ cache }: Context, advances: readonly Advance[]): void => {
  for (const { actorId, kind, version, state, snapshot, parked } of advances) {
    if (parked) cache.drop(actorId);
    else if (state && snapshot !== null) cache.put(actorId, { kind, version, state, chars: snapshot.length });
  }
};

interface Work {
  readonly actor: Parameters<typeof advance>[1];
  readonly events: readonly PendingEvent[];
}

interface Loaded {
  readonly work: readonly Work[];
  readonly again: readonly string[];
  readonly locked: readonly string[];
  readonly blocked: readonly string[];
}

const loadBatch = async (
  context: Context,
  client: Client,
  actorIds: readonly string[],
  eventsPerActor: number,
): Promise<Loaded> => {
  const sorted = [...actorIds].sort();
  const actors = await lockActors(client, sorted, context.clock.now(), context.cache);
  if (actors.length === 0) return { work: [], again: [], locked: sorted, blocked: [] };
  const held = new Set(actors.map((actor) => actor.actorId));
  // A second statement on purpose: its view of the mailbox must be younger than the lock, or an event that another
  // replica has just applied would still look pending here.
  const pending = await pendingEvents(client, [...held], eventsPerActor);
  return {
    work: actors.flatMap((actor) => {
      const found = pending.get(actor.actorId);
      return found && found.events.length > 0 ? [{ actor, events: found.events }] : [];
    }),
    again: [...pending].filter(([, { more }]) => more).map(([id]) => id),
    locked: sorted.filter((id) => !held.has(id)),
    blocked: [...pending].filter(([, { blocked }]) => blocked).map(([id]) => id),
  };
};

const stepAll = async (context: Context, work: readonly Work[]): Promise<readonly Advance[]> => {
  const now = context.clock.now();
  const advances: Advance[] = [];
  for (const [i, { actor, events }] of work.entries()) {
    if (i > 0 && i % context.limits.actorsPerTurn === 0) await nextTurn();
    const hosted = context.host.get(actor.kind);
    // A kind that this replica does not know is left to those that do.
    if (hosted) advances.push(advance(hosted, actor, events, now, context.limits));
  }
  return advances;
};

const writeAll = async (
  context: Context,
  client: Client,
  advances: readonly Advance[],
): Promise<Cancelled> => {
  if (advances.length === 0) return [];
  const cancelled = await recordAdvances(client, advances, context.incarnation, context.clock.now());
  await context.trigger('apply.after-write');
  await project(context, client, advances);
  return cancelled;
};

/** Read models and mirrored timers change in the commit that changed their actors (G4). */
export const project = async (
  context: Context,
  client: Client,
  advances: readonly Advance[],
): Promise<void> => {
  for (const [kind, group] of Map.groupBy(advances, (item) => item.kind)) {
    const steps = group.flatMap((item) => item.steps);
    if (steps.length === 0) continue;
    for (const projection of context.host.get(kind)?.kind.projections ?? []) {
      const rows = projection.rows(steps);
      if (rows.length === 0) continue;
      // Prepared once per connection: planning it anew costs as much as a batch of it.
      const name = `p:${kind}:${projection.name}`;
      await client.query({ name, text: projection.sql, values: [encodeJson(rows)] });
    }
  }
  await context.mirror?.write(client, advances);
};

const outcomeOf = (loaded: Loaded, advances: readonly Advance[], cancelled: Cancelled): BatchOutcome => ({
  ...changesOf(advances, cancelled),
  again: loaded.again,
  locked: loaded.locked,
  blocked: [...loaded.blocked, ...advances.flatMap(({ parked }) => (parked ? [parked.actorId] : []))],
});

/** What a commit did, for those who act on it. */
export const changesOf = (advances: readonly Advance[], cancelled: Cancelled) => ({
  steps: advances.flatMap((item) => item.steps),
  commands: advances.flatMap((item) => item.commands.filter((command) => command.status === 'pending')),
  cancelled,
  timersDue: advances.flatMap((item) => item.armed.map((timer) => timer.at)),
  parked: advances.flatMap((item) => (item.parked ? [item.parked] : [])),
});
