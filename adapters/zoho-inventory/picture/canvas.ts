/** A square canvas that fills paths with flat colours and soft gradients. */
import { darker, lighter, rgb } from './colour.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import type { Path } from './path.ts';

/** Width and height of every picture, pixels: sharp on a telephone, small to send. */
export const SIZE = 800;

/** A colour, or a gradient over the shape's own box. */
export type Paint = string | { readonly from: string; readonly to: string; readonly across?: boolean };

/** Light from above: the usual paint of a part. */
export const shaded = (colour: string, depth: number = 0.1): Paint => ({
  from: lighter(colour, depth),
  to: darker(colour, depth),
});

/** Light from the left, for round parts such as columns. */
export const rounded = (colour: string, depth: number = 0.16): Paint => ({
  from: lighter(colour, depth),
  to: darker(colour, depth),
  across: true,
});

export interface FillOptions {
  /** 0 to 1. */
  readonly alpha?: number;
  /** Only inside this shape. */
  readonly clip?: Path;
}

export interface Canvas {
  readonly pixels: Uint8Array;
  readonly fill: (path: Path, paint: Paint, options?: FillOptions) => void;
  /** A soft spot that fades to nothing at its edge. */
  readonly glow: (cx: number, cy: number, rx: number, ry: number, colour: string, alpha: number) => void;
}

export const makeCanvas = (): Canvas => {
  const pixels = new Uint8Array(SIZE * SIZE * 3);

  const blend = (x: number, y: number, r: number, g: number, b: number, alpha: number): void => {
    const i = (y * SIZE + x) * 3;
    pixels[i] = Math.round((pixels[i] ?? 0) + (r - (pixels[i] ?? 0)) * alpha);
    pixels[i + 1] = Math.round((pixels[i + 1] ?? 0) + (g - (pixels[i + 1] ?? 0)) * alpha);
    pixels[i + 2] = Math.round((pixels[i + 2] ?? 0) + (b - (pixels[i + 2] ?? 0)) * alpha);
  };

  /** One clip serves many fine lines, so it is worked out once. */
  const clips = new WeakMap<Path, Coverage>();
  const clipOf = (path: Path): Coverage => {
    const coverage = clips.get(path) ?? coverageOf(path, SIZE);
    clips.set(path, coverage);
    return coverage;
  };

  const fill = (path: Path, paint: Paint, options: FillOptions = {}): void => {
    const area = coverageOf(path, SIZE);
    const clip = options.clip ? clipOf(options.clip) : null;
    const colourAt = painter(paint, area);
    const alpha = options.alpha ?? 1;
    for (let row = 0; row < area.height; row += 1) {
      for (let column = 0; column < area.width - 2; column += 1) {
        const covered = (area.values[row * area.width + column] ?? 0) * alpha;
        if (covered < 0.002) continue;
        const [x, y] = [area.left + column, area.top + row];
        const visible = clip ? covered * valueAt(clip, x, y) : covered;
        const share = colourAt(column, row);
        blend(x, y, share[0], share[1], share[2], visible);
      }
    }
  };

  const glow: Canvas['glow'] = (cx, cy, rx, ry, colour, alpha) => {
    const [r, g, b] = rgb(colour);
    for (let y = Math.max(0, Math.floor(cy - ry)); y < Math.min(SIZE, cy + ry); y += 1) {
      for (let x = Math.max(0, Math.floor(cx - rx)); x < Math.min(SIZE, cx + rx); x += 1) {
        const distance = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2;
        if (distance < 1) blend(x, y, r, g, b, alpha * (1 - distance) ** 2);
      }
    }
  };

  return { pixels, fill, glow };
};

const valueAt = (area: Coverage, x: number, y: number): number => {
  const [column, row] = [x - area.left, y - area.top];
  if (column < 0 || row < 0 || column >= area.width || row >= area.height) return 0;
  return area.values[row * area.width + column] ?? 0;
};

type Channels = readonly [number, number, number];

/** Colours by row, or by column for a paint that runs across: worked out once, not for each pixel. */
const painter = (paint: Paint, area: Coverage): ((column: number, row: number) => Channels) => {
  const [from, to] = typeof paint === 'string' ? [rgb(paint), rgb(paint)] : [rgb(paint.from), rgb(paint.to)];
  if (typeof paint === 'string') return () => from;
  const count = Math.max(1, paint.across ? area.width - 2 : area.height);
  const colours = Array.from({ length: count }, (_, i): Channels => {
    const share = i / Math.max(1, count - 1);
    return [0, 1, 2].map(
      (c) => (from[c] ?? 0) + ((to[c] ?? 0) - (from[c] ?? 0)) * share,
    ) as unknown as Channels;
  });
  return paint.across ? (column) => colours[column] ?? from : (_column, row) => colours[row] ?? from;
};
