/** Parts that several drawings share: castors, star bases, handles, table tops seen from slightly above. */
import { type Canvas, type Paint, rounded, shaded } from './canvas.ts';
import { darker, isPale, lighter, mix } from './colour.ts';
import { both, ellipse, type Path, type Point, polygon, rect, roundRect, stroke } from './path.ts';

/** The line on which furniture stands. */
export const FLOOR = 690;

/** Fills a part and gives it a thin darker edge, so that pale furniture stands out from the pale background. */
export const part = (canvas: Canvas, path: Path, colour: string, paint: Paint = shaded(colour)): void => {
  if (isPale(colour))
    canvas.fill(
      path.flatMap((outline) => stroke([...outline, ...outline.slice(0, 1)], 2.5)),
      darker(colour, 0.28),
    );
  canvas.fill(path, paint);
};

/** A castor whose wheel touches `y`. */
export const castor = (canvas: Canvas, x: number, y: number, size: number = 17): void => {
  canvas.fill(roundRect(x - size * 0.35, y - size * 2, size * 0.7, size, 3), '#5a6068');
  canvas.fill(ellipse(x, y - size * 0.85, size * 0.8, size * 0.85), rounded('#3a3e45'));
  canvas.fill(ellipse(x, y - size * 0.85, size * 0.28), '#8d949c');
};

/** A gas column down from `top`, on a base of five legs with castors. */
export const starBase = (canvas: Canvas, top: number, colour: string, reach: number = 165): void => {
  canvas.fill(rect(389, top, 22, 600 - top), rounded('#6a7078'));
  canvas.fill(roundRect(380, top + 30, 40, 612 - top - 30, 6), rounded(darker(colour, 0.1)));
  const legs: readonly Point[] = [
    [400 - reach * 0.62, 642],
    [400 + reach * 0.62, 642],
    [400 - reach, 664],
    [400 + reach, 664],
    [400, 676],
  ];
  for (const [x, y] of legs) {
    castor(canvas, x, y + 22, y < 650 ? 14 : 17);
    part(
      canvas,
      stroke(
        [
          [400, 618],
          [x, y - 6],
        ],
        25,
        13,
      ),
      colour,
      shaded(lighter(colour, 0.06), 0.14),
    );
  }
  part(canvas, ellipse(400, 617, 31, 17), colour, shaded(lighter(colour, 0.1), 0.1));
};

export interface TopOptions {
  readonly left: number;
  readonly right: number;
  /** Height of the front edge on the picture. */
  readonly y: number;
  /** How much of the surface is seen. */
  readonly depth?: number;
  readonly thick?: number;
  /** How far the far edge is drawn in. */
  readonly inset?: number;
}

/** A table top seen from slightly above: surface and front edge. */
export const tableTop = (canvas: Canvas, colour: string, options: TopOptions): void => {
  const { left, right, y, depth = 52, thick = 20, inset = 46 } = options;
  const surface = polygon([left + inset, y - depth], [right - inset, y - depth], [right, y], [left, y]);
  part(canvas, surface, lighter(colour, 0.16), { from: lighter(colour, 0.1), to: lighter(colour, 0.26) });
  woodGrain(canvas, surface, colour, y - depth, y);
  part(
    canvas,
    roundRect(left, y, right - left, thick, [0, 0, 4, 4]),
    colour,
    shaded(darker(colour, 0.06), 0.06),
  );
};

/** Faint lines along the board. */
const woodGrain = (canvas: Canvas, clip: Path, colour: string, top: number, bottom: number): void => {
  const tone = darker(colour, 0.25);
  for (let i = 1; i < 5; i += 1) {
    const y = top + ((bottom - top) * i) / 5;
    canvas.fill(
      stroke(
        [
          [60, y + 2],
          [250 + i * 40, y - 2],
          [740, y + 1],
        ],
        1.4,
      ),
      tone,
      { alpha: 0.16, clip },
    );
  }
};

/** A drawer or door front with its handle. */
export const front = (
  canvas: Canvas,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  colour: string,
  handle: { readonly colour: string; readonly at: 'top' | 'left' | 'right' | 'none' },
): void => {
  const { x, y, width, height } = box;
  part(canvas, roundRect(x, y, width, height, 4), colour, shaded(lighter(colour, 0.05), 0.06));
  canvas.fill(
    stroke(
      [
        [x + 3, y + 2],
        [x + width - 3, y + 2],
      ],
      1.6,
    ),
    lighter(colour, 0.4),
    { alpha: 0.6 },
  );
  if (handle.at === 'top') {
    canvas.fill(
      roundRect(x + width / 2 - 34, y + Math.min(22, height * 0.3), 68, 8, 4),
      shaded(handle.colour, 0.2),
    );
  } else if (handle.at !== 'none') {
    const hx = handle.at === 'left' ? x + 14 : x + width - 22;
    canvas.fill(roundRect(hx, y + height / 2 - 34, 8, 68, 4), rounded(handle.colour, 0.2));
  }
};

/** A closed box with its lid and right side, seen slightly from above and from the right. */
export const box = (
  canvas: Canvas,
  size: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  colour: string,
  depth: number = 42,
): void => {
  const { x, y, width, height } = size;
  const lift = depth * 0.55;
  part(
    canvas,
    polygon([x, y], [x + depth, y - lift], [x + width + depth, y - lift], [x + width, y]),
    lighter(colour, 0.2),
    {
      from: lighter(colour, 0.14),
      to: lighter(colour, 0.28),
    },
  );
  const side = polygon(
    [x + width, y],
    [x + width + depth, y - lift],
    [x + width + depth, y + height - lift],
    [x + width, y + height],
  );
  part(canvas, side, darker(colour, 0.22), { from: darker(colour, 0.18), to: darker(colour, 0.32) });
  part(canvas, rect(x, y, width, height), colour, shaded(colour, 0.06));
};

/** Two slanted or straight legs, mirrored. */
export const pairOfLegs = (
  canvas: Canvas,
  from: Point,
  to: Point,
  width: number,
  colour: string,
  end: number = width,
): void => part(canvas, both(stroke([from, to], width, end)), colour, shaded(colour, 0.08));

/** Stitching or a groove: a darker line with a light one below it. */
export const seam = (canvas: Canvas, points: readonly Point[], colour: string, clip?: Path): void => {
  const inside = clip ? { clip } : {};
  canvas.fill(stroke(points, 3), darker(colour, 0.4), { alpha: 0.55, ...inside });
  canvas.fill(
    stroke(
      points.map(([x, y]): Point => [x, y + 3]),
      1.6,
    ),
    lighter(colour, 0.5),
    { alpha: 0.35, ...inside },
  );
};

/** A woven surface: fine crossing lines inside a shape. */
export const weave = (
  canvas: Canvas,
  clip: Path,
  colour: string,
  box_: readonly [number, number, number, number],
): void => {
  const [left, top, right, bottom] = box_;
  const thread = mix(colour, isPale(colour) ? '#000000' : '#ffffff', 0.3);
  for (let y = top; y < bottom; y += 9)
    canvas.fill(rect(left, y, right - left, 1.6), thread, { alpha: 0.3, clip });
  for (let x = left; x < right; x += 9)
    canvas.fill(rect(x, top, 1.6, bottom - top), thread, { alpha: 0.22, clip });
};
