/** Follows actors for one viewer: what led here, then every step as it is committed, without holes. */
import { applyChanges } from '../engine/diff.ts';
import type { EngineApi } from '../engine/types.ts';
import { actorFrame, type Stand, stepFrames } from './frames.ts';

/** Steps that are told before the newest: what the viewer keeps for those who come late. */
const REPLAYED = 50;
/** Actors that one viewer follows (G10). */
const MAX_ACTORS = 20;
const PAGE = 100;

export interface FollowerOptions {
  readonly engine: Pick<EngineApi, 'load' | 'journal' | 'snapshotAt' | 'onCommit' | 'onForeignCommit'>;
  readonly kind: string;
  /** The machine's configuration as JSON. */
  readonly definition: string;
  /** A name for an actor that does not tell who it is. */
  readonly nameOf: (actorId: string) => string;
  readonly send: (frame: object) => void;
  readonly onTrouble: (error: unknown) => void;
}

export interface Follower {
  /** False: there is no such actor. */
  readonly follow: (actorId: string) => Promise<boolean>;
  /** Follows those that begin from now on. */
  readonly followNew: () => void;
  readonly stop: () => void;
}

interface Followed {
  stand: Stand;
  seq: number;
  /** Steps are told one after the other. */
  work: Promise<void>;
}

export const makeFollower = (options: FollowerOptions): Follower => {
  const { engine, send, nameOf } = options;
  const followed = new Map<string, Followed>();
  let takesNew = false;
  let stopped = false;

  const tell = async (actorId: string, actor: Followed): Promise<void> => {
    const sessionId = nameOf(actorId);
    for (;;) {
      const rows = stopped ? [] : await engine.journal(actorId, actor.seq, PAGE);
      for (const row of rows) {
        if (stopped) return;
        actor.stand = applyChanges(actor.stand, row.contextDiff) as Stand;
        actor.seq = row.seq;
        for (const frame of stepFrames({ sessionId, at: row.at }, row.event, actor.stand)) send(frame);
      }
      if (rows.length < PAGE) return;
    }
  };
  const goOn = (actorId: string, actor: Followed): void => {
    actor.work = actor.work.then(() => tell(actorId, actor)).catch(options.onTrouble);
  };

  const follow = async (actorId: string): Promise<boolean> => {
    const stored = await engine.load(actorId);
    if (stored === null || stored.kind !== options.kind) return false;
    if (followed.has(actorId) || followed.size >= MAX_ACTORS) return true;
    const since = Math.max(1, stored.version - REPLAYED);
    const stand = (await engine.snapshotAt(actorId, since)) as Stand | null;
    const [first] = await engine.journal(actorId, since - 1, 1);
    if (stand === null || first === undefined || stopped) return stand !== null;
    const actor: Followed = { stand, seq: since, work: Promise.resolve() };
    followed.set(actorId, actor);
    send(actorFrame({ sessionId: nameOf(actorId), at: first.at }, options.kind, options.definition, stand));
    goOn(actorId, actor);
    return true;
  };

  const noticed = (actorId: string, seq: number): void => {
    const actor = followed.get(actorId);
    if (actor !== undefined) goOn(actorId, actor);
    else if (takesNew && seq === 1) follow(actorId).catch(options.onTrouble);
  };
  const unsubscribes = [
    engine.onCommit((steps) => {
      for (const { row } of steps) noticed(row.actorId, row.seq);
    }),
    engine.onForeignCommit((heads) => {
      for (const { actorId, seq } of heads) noticed(actorId, seq);
    }),
  ];
  return {
    follow,
    followNew: () => {
      takesNew = true;
    },
    stop: () => {
      stopped = true;
      for (const unsubscribe of unsubscribes) unsubscribe();
      followed.clear();
    },
  };
};
