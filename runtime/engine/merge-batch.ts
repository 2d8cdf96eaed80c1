/**
 * The fast way in: events become durable and are applied in the same commit, one statement for all of them where no
 * read model has to follow. It serves actors whose mailbox is empty; whatever stands in its way costs a rollback, and
 * the events go through the mailbox instead (recorder.ts, apply-batch.ts).
 */
import { type Advance, advance, type LockedActor } from './advance.ts';
import { type BatchOutcome, changesOf, project, remember } from './apply-batch.ts';
import type { Context } from './context.ts';
import type { Client } from './database.ts';
import { type Arrival, compareText } from './deliver.ts';
import type { HostedKind } from './host.ts';
import { loadActors } from './store/lock-actors.ts';
import { type MergedAdvance, mergeAdvances } from './store/merge-advances.ts';
import type { Cancelled } from './store/record-advances.ts';
import type { PendingEvent } from './take-event.ts';
import type { EventBody } from './types.ts';

export interface MergeOutcome {
  /** Null: nobody could be merged, and nothing was written. */
  readonly outcome: BatchOutcome | null;
  /** Those that are durable now, and applied. */
  readonly merged: readonly Arrival[];
  /** Those of actors that choked on one of them: they go through the mailbox, where the culprit is parked. */
  readonly left: readonly Arrival[];
}

/**
 * Applies arrivals, no two of one key, in their order within each actor. Throws what the database throws, or
 * `MergeConflict`: then nothing has changed, unless the connection broke while it committed.
 */
export const mergeBatch = async (context: Context, arrivals: readonly Arrival[]): Promise<MergeOutcome> => {
  const byActor = Map.groupBy(arrivals, ({ row }) => row.actorId);
  const actorIds = [...byActor.keys()].sort(compareText);
  try {
    await context.trigger('merge.before-load');
    const actors = await readActors(context, actorIds);
    await context.trigger('merge.after-load');
    const attempts = actorIds.map((id) => attempt(context, id, actors.get(id), byActor.get(id) ?? []));
    const whole = attempts.filter((item) => item.move !== null);
    const moves = whole.flatMap(({ move }) => move ?? []);
    for (const { actorId, move } of attempts) if (move === null) context.cache.drop(actorId);
    const left = attempts.flatMap((item) => (item.move === null ? item.arrivals : []));
    if (moves.length === 0) return { outcome: null, merged: [], left };
    const cancelled = await write(context, moves);
    const advances = moves.map((move) => move.advance);
    remember(context, advances);
    await context.trigger('merge.after-commit');
    const outcome = { ...changesOf(advances, cancelled), again: [], locked: [], blocked: [] };
    return { outcome, merged: whole.flatMap((item) => item.arrivals), left };
  } catch (error) {
    for (const id of actorIds) context.cache.drop(id);
    throw error;
  }
};

interface Known {
  readonly actor: LockedActor;
  readonly stored: boolean;
}

/** From the cache, and the rest in one query. */
const readActors = async (
  { cache, db }: Context,
  actorIds: readonly string[],
): Promise<ReadonlyMap<string, Known>> => {
  const known = new Map<string, Known>();
  const missing: string[] = [];
  for (const actorId of actorIds) {
    const cached = cache.get(actorId);
    if (!cached) missing.push(actorId);
    else {
      const { kind, version, state } = cached;
      known.set(actorId, { actor: { actorId, kind, version, snapshot: null, state }, stored: true });
    }
  }
  if (missing.length > 0) {
    const loaded = await db.statements((client) => loadActors(client, missing));
    for (const actor of loaded) known.set(actor.actorId, { actor, stored: true });
  }
  return known;
};

interface Attempt {
  readonly actorId: string;
  readonly arrivals: readonly Arrival[];
  /** Null: not this way. */
  readonly move: MergedAdvance | null;
}

const attempt = (
  context: Context,
  actorId: string,
  known: Known | undefined,
  arrivals: readonly Arrival[],
): Attempt => {
  const rows = arrivals.map(({ row }) => row);
  const now = context.clock.now();
  // The kind of a new actor is that of the first event it got.
  const kind = known?.actor.kind ?? rows[0]?.kind ?? '';
  const hosted = context.host.get(kind);
  if (!hosted) return { actorId, arrivals, move: null };
  const actor = known?.actor ?? { actorId, kind, version: 0, snapshot: null, state: null };
  const advanced = stepAll(hosted, actor, rows, now, context);
  const move = advanced.parked ? null : { advance: advanced, stored: known?.stored ?? false, rows };
  return { actorId, arrivals, move };
};

const stepAll = (
  hosted: HostedKind,
  actor: LockedActor,
  rows: readonly Arrival['row'][],
  now: number,
  context: Context,
): Advance => {
  const events = rows.map(
    ({ actorId, eventId, kind, cause, body }): PendingEvent => ({
      actorId,
      eventId,
      kind,
      cause,
      receivedAt: now,
      // Not the caller's object: the machine sees what a replay from the journal would see.
      body: JSON.parse(body) as EventBody,
      parkedReason: null,
      discarded: false,
    }),
  );
  return advance(hosted, actor, events, now, context.limits);
};

const write = async (context: Context, moves: readonly MergedAdvance[]): Promise<Cancelled> => {
  const now = context.clock.now();
  const merge = async (client: Client): Promise<Cancelled> => {
    const cancelled = await mergeAdvances(client, moves, context.incarnation, now);
    return cancelled;
  };
  const advances = moves.map(({ advance }) => advance);
  const kinds = new Set(advances.map(({ kind }) => kind));
  const isProjected = [...kinds].some((kind) => (context.host.get(kind)?.kind.projections.length ?? 0) > 0);
  if (!isProjected && !context.mirror?.concerns(advances)) {
    await context.trigger('merge.before-commit');
    return context.db.statements(merge);
  }
  return context.db.transaction(async (client) => {
    const cancelled = await merge(client);
    await project(context, client, advances);
    await context.trigger('merge.before-commit');
    return cancelled;
  });
};
