/**
 * How much of each pixel a path covers, exactly: signed areas are accumulated along the edges and summed along the
 * rows, so that edges are smooth at the cost of the outline alone.
 */
import type { Path, Point } from './path.ts';

/** Coverage from 0 to 1 of a rectangle of pixels. */
export interface Coverage {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Covers the union of the path's outlines, cut to a canvas of `size` × `size`. */
export const coverageOf = (path: Path, size: number): Coverage => {
  const points = path.flat();
  const left = clamp(Math.floor(Math.min(...points.map(([x]) => x))), 0, size);
  const right = clamp(Math.ceil(Math.max(...points.map(([x]) => x))), left, size);
  const top = clamp(Math.floor(Math.min(...points.map(([, y]) => y))), 0, size);
  const bottom = clamp(Math.ceil(Math.max(...points.map(([, y]) => y))), top, size);
  // Two columns more: the area of an edge's last pixel spills to the right.
  const width = right - left + 2;
  const height = bottom - top;
  const values = new Float32Array(width * height);
  for (const outline of path) {
    const turned = areaOf(outline) < 0 ? outline.toReversed() : outline;
    turned.forEach((from, i) => {
      const to = turned[(i + 1) % turned.length] ?? from;
      addEdge(values, width, height, [from[0] - left, from[1] - top], [to[0] - left, to[1] - top]);
    });
  }
  for (let y = 0; y < height; y += 1) sumRow(values, y * width, width);
  return { left, top, width, height, values };
};

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const areaOf = (outline: readonly Point[]): number =>
  outline.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = outline[(i + 1) % outline.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);

const sumRow = (values: Float32Array, start: number, width: number): void => {
  let sum = 0;
  for (let x = start; x < start + width; x += 1) {
    sum += values[x] ?? 0;
    values[x] = Math.min(1, Math.abs(sum));
  }
};

const addEdge = (values: Float32Array, width: number, height: number, from: Point, to: Point): void => {
  if (from[1] === to[1]) return;
  const sign = from[1] < to[1] ? 1 : -1;
  const [a, b] = sign > 0 ? [from, to] : [to, from];
  const slope = (b[0] - a[0]) / (b[1] - a[1]);
  const lastRow = Math.min(height, Math.ceil(b[1]));
  for (let y = Math.max(0, Math.floor(a[1])); y < lastRow; y += 1) {
    const y0 = Math.max(y, a[1]);
    const y1 = Math.min(y + 1, b[1]);
    if (y1 <= y0) continue;
    const x0 = clamp(a[0] + (y0 - a[1]) * slope, 0, width - 2);
    const x1 = clamp(a[0] + (y1 - a[1]) * slope, 0, width - 2);
    addSpan(values, y * width, Math.min(x0, x1), Math.max(x0, x1), sign * (y1 - y0));
  }
};

/** Spreads the signed height `area` of one row over the pixels between `x0` and `x1`. */
const addSpan = (values: Float32Array, row: number, x0: number, x1: number, area: number): void => {
  const first = Math.floor(x0);
  const last = Math.floor(x1);
  const add = (x: number, amount: number): void => {
    values[row + x] = (values[row + x] ?? 0) + amount;
  };
  if (first === last) {
    const covered = area * (1 - ((x0 + x1) / 2 - first));
    add(first, covered);
    add(first + 1, area - covered);
    return;
  }
  // Sum of all values left of and at x must be the area to the left of x + 1; each value is the difference.
  const perPixel = area / (x1 - x0);
  let crossedBefore = 0;
  let coveredBefore = 0;
  for (let x = first; x <= last; x += 1) {
    const start = Math.max(x, x0);
    const end = Math.min(x + 1, x1);
    const crossed = perPixel * (end - start);
    const covered = crossedBefore + crossed * (x + 1 - (start + end) / 2);
    add(x, covered - coveredBefore);
    crossedBefore += crossed;
    coveredBefore = covered;
  }
  add(last + 1, area - coveredBefore);
};
