/** The committed pictures of the statechart are those of the code. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conversationMachine } from '../machines/conversation/machine.ts';
import { layoutMachine } from '../runtime/statechart/layout.ts';
import { regionsOf } from '../runtime/statechart/region-graph.ts';
import { statechartFiles } from './statechart/files.ts';

const ROOT = join(import.meta.dirname, '..');

describe('the pictures of the statechart', () => {
  it('are current: if this fails, run `npm run statechart` and commit what it writes', async () => {
    const files = await statechartFiles();
    for (const { path, text } of files) {
      const committed = await readFile(join(ROOT, path), 'utf8').catch(() => '(missing)');
      expect(committed === text, `${path} is not what the code says`).toBe(true);
    }
    const kept = (await readdir(join(ROOT, 'docs/statechart'))).map((name) => `docs/statechart/${name}`);
    expect(kept.toSorted()).toEqual(
      files
        .map(({ path }) => path)
        .filter((path) => path.endsWith('.svg'))
        .toSorted(),
    );
  });

  it('show every state and transition inside the picture, and no two states on one spot', async () => {
    const graphs = regionsOf(conversationMachine);
    for (const picture of await layoutMachine(conversationMachine)) {
      const graph = graphs.find(({ path }) => path === picture.path);
      expect(picture.states.map(({ path }) => path)).toEqual(graph?.boxes.map(({ path }) => path));
      expect(picture.arrows.filter(({ from }) => from !== null)).toHaveLength(graph?.arrows.length ?? -1);
      for (const { points } of picture.arrows) expect(points.length).toBeGreaterThan(1);
      for (const one of picture.states) {
        expect(one.x + one.width).toBeLessThanOrEqual(picture.width);
        expect(one.y + one.height).toBeLessThanOrEqual(picture.height);
        const onTop = picture.states.filter(
          (other) =>
            other !== one &&
            !other.path.startsWith(`${one.path}.`) &&
            !one.path.startsWith(`${other.path}.`) &&
            other.x < one.x + one.width &&
            one.x < other.x + other.width &&
            other.y < one.y + one.height &&
            one.y < other.y + other.height,
        );
        expect(onTop.map(({ path }) => path)).toEqual([]);
      }
    }
  });
});
