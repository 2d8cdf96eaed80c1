import { describe, expect, it } from 'vitest';
import { around, fitted, MAX_SCALE, MIN_SCALE, viewBoxOf, zoomedAt } from './use-view.ts';

const pane = { width: 400, height: 300 };

describe('the view of a picture', () => {
  it('fits the whole picture, and never enlarges it', () => {
    expect(fitted({ width: 800, height: 300 }, pane)).toEqual({ x: 400, y: 150, scale: 0.5 });
    expect(fitted({ width: 100, height: 100 }, pane).scale).toBe(1);
  });

  it('keeps the point under the pointer where it is', () => {
    const before = { x: 100, y: 100, scale: 1 };
    const at = { x: 50, y: -20 };
    const after = zoomedAt(before, 2, at);
    expect(before.x + at.x / before.scale).toBeCloseTo(after.x + at.x / after.scale);
    expect(before.y + at.y / before.scale).toBeCloseTo(after.y + at.y / after.scale);
  });

  it('stays within its scales', () => {
    const view = { x: 0, y: 0, scale: 1 };
    expect(zoomedAt(view, 100, { x: 0, y: 0 }).scale).toBe(MAX_SCALE);
    expect(zoomedAt(view, 0.001, { x: 0, y: 0 }).scale).toBe(MIN_SCALE);
  });

  it('goes as close to a point as the edges allow', () => {
    const picture = { width: 1000, height: 200 };
    expect(around({ x: 10, y: 10 }, 1, picture, pane)).toEqual({ x: 200, y: 100, scale: 1 });
    expect(around({ x: 500, y: 10 }, 2, picture, pane)).toEqual({ x: 500, y: 75, scale: 2 });
  });

  it('is written as the part of the picture that is seen', () => {
    expect(viewBoxOf({ x: 100, y: 100, scale: 2 }, pane)).toBe('0 25 200 150');
  });
});
