import { describe, expect, it } from 'vitest';
import { BAD_ARABIC } from './cases/bad-arabic.ts';
import { BAD_ENGLISH } from './cases/bad-english.ts';
import { GOOD_ARABIC } from './cases/good-arabic.ts';
import { GOOD_ENGLISH } from './cases/good-english.ts';
import { SCENES, type SceneName } from './cases/scenes.ts';
import { findFaults } from './ground.ts';

const good = [GOOD_ENGLISH, GOOD_ARABIC].flatMap((set) =>
  Object.entries(set).flatMap(([scene, replies]) =>
    replies.map((reply) => [scene as SceneName, reply] as const),
  ),
);
const bad = [...BAD_ENGLISH, ...BAD_ARABIC].flatMap(({ family, scene, replies }) =>
  replies.map((reply) => [family, scene, reply] as const),
);

describe('the adversarial set', () => {
  it('is large enough to mean something', () => {
    expect(good.length).toBeGreaterThanOrEqual(150);
    expect(bad.length).toBeGreaterThanOrEqual(150);
  });

  it.each(good)('lets a true reply through (%s): %s', (scene, reply) => {
    expect(findFaults(reply, SCENES[scene])).toEqual([]);
  });

  it.each(bad)('stops for its %s (%s): %s', (family, scene, reply) => {
    expect(findFaults(reply, SCENES[scene]).map((fault) => fault.family)).toContain(family);
  });
});
