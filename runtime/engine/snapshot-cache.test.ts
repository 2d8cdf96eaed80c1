import { describe, expect, it } from 'vitest';
import type { ActorState } from './envelope.ts';
import { makeSnapshotCache } from './snapshot-cache.ts';

const entry = (version: number, chars = 10) => ({ kind: 'k', version, chars, state: {} as ActorState });

describe('the cache of snapshots', () => {
  it('forgets what was unused for longest, by count', () => {
    const cache = makeSnapshotCache({ cacheActors: 2, cacheChars: 1000 });
    cache.put('a', entry(1));
    cache.put('b', entry(1));
    cache.get('a');
    cache.put('c', entry(1));
    expect([cache.get('a')?.version, cache.get('b'), cache.get('c')?.version]).toEqual([1, undefined, 1]);
  });

  it('and by what it weighs, counting a replaced one once', () => {
    const cache = makeSnapshotCache({ cacheActors: 100, cacheChars: 100 });
    cache.put('a', entry(1, 60));
    cache.put('a', entry(2, 40));
    cache.put('b', entry(1, 60));
    expect(cache.size()).toEqual({ actors: 2, chars: 100 });
    cache.put('c', entry(1, 1));
    expect(cache.get('a')).toBeUndefined();
    expect(cache.size()).toEqual({ actors: 2, chars: 61 });
  });

  it('does not empty itself for one that is larger than all of it, and keeps nothing when it is off', () => {
    const cache = makeSnapshotCache({ cacheActors: 100, cacheChars: 100 });
    cache.put('a', entry(1));
    cache.put('huge', entry(1, 101));
    expect(cache.size()).toEqual({ actors: 1, chars: 10 });
    const off = makeSnapshotCache({ cacheActors: 0, cacheChars: 100 });
    off.put('a', entry(1));
    expect(off.get('a')).toBeUndefined();
  });

  it('drops what it is told to, also what it never had', () => {
    const cache = makeSnapshotCache({ cacheActors: 100, cacheChars: 100 });
    cache.put('a', entry(1));
    cache.drop('a');
    cache.drop('b');
    expect(cache.size()).toEqual({ actors: 0, chars: 0 });
  });
});
