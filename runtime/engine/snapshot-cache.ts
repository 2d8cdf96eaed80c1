/**
 * Snapshots of actors that this replica applied lately. Never the truth: whoever uses one names the version it was
 * taken at, and the database refuses the write when the actor has moved on (G3). Least recently used go first.
 */
import type { ActorState } from './envelope.ts';
import type { EngineLimits } from './limits.ts';

export interface CachedActor {
  readonly kind: string;
  /** The seq of the journal row that led to `state`. */
  readonly version: number;
  readonly state: ActorState;
  /** Length of the stored form: the measure of what it costs to keep. */
  readonly chars: number;
}

export interface SnapshotCache {
  readonly get: (actorId: string) => CachedActor | undefined;
  readonly put: (actorId: string, actor: CachedActor) => void;
  /** Forget what may be wrong: after a conflict, a rollback, a fault. */
  readonly drop: (actorId: string) => void;
  /** Forget everything: what others said may have been missed. */
  readonly clear: () => void;
  readonly size: () => { readonly actors: number; readonly chars: number };
}

export const makeSnapshotCache = (limits: Pick<EngineLimits, 'cacheActors' | 'cacheChars'>): SnapshotCache =>
  new LeastRecentlyUsed(limits);

class LeastRecentlyUsed implements SnapshotCache {
  private readonly limits: Pick<EngineLimits, 'cacheActors' | 'cacheChars'>;
  /** A Map keeps the order of insertion: the first key is the one unused for longest. */
  private readonly actors = new Map<string, CachedActor>();
  private chars = 0;

  constructor(limits: Pick<EngineLimits, 'cacheActors' | 'cacheChars'>) {
    this.limits = limits;
  }

  get(actorId: string): CachedActor | undefined {
    const found = this.actors.get(actorId);
    if (!found) return undefined;
    this.actors.delete(actorId);
    this.actors.set(actorId, found);
    return found;
  }

  put(actorId: string, actor: CachedActor): void {
    this.drop(actorId);
    const { cacheActors, cacheChars } = this.limits;
    if (cacheActors < 1 || actor.chars > cacheChars) return;
    this.actors.set(actorId, actor);
    this.chars += actor.chars;
    for (const oldest of this.actors.keys()) {
      if (this.actors.size <= cacheActors && this.chars <= cacheChars) return;
      this.drop(oldest);
    }
  }

  drop(actorId: string): void {
    const found = this.actors.get(actorId);
    if (!found) return;
    this.actors.delete(actorId);
    this.chars -= found.chars;
  }

  clear(): void {
    this.actors.clear();
    this.chars = 0;
  }

  size(): { readonly actors: number; readonly chars: number } {
    return { actors: this.actors.size, chars: this.chars };
  }
}
