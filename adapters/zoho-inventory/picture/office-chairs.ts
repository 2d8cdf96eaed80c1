/** Chairs on a star base: mesh, upholstered, executive, and the drafting stool. */
import type { Picture } from '../catalog/types.ts';
import { type Canvas, rounded, shaded } from './canvas.ts';
import { darker, lighter, mix } from './colour.ts';
import {
  arcPoints,
  both,
  curve,
  ellipse,
  type Path,
  type Point,
  polygon,
  rect,
  roundRect,
  stroke,
} from './path.ts';
import { part, seam, starBase, weave } from './pen.ts';

/** A back that is wider at the shoulders. */
const backShape = (top: number, bottom: number, shoulder: number, waist: number): Path => {
  const left: Point[] = [
    [400, top],
    ...curve([400, top], [400 - shoulder * 0.75, top], [400 - shoulder, top + 8], [400 - shoulder, top + 62]),
    ...curve(
      [400 - shoulder, top + 62],
      [400 - shoulder, bottom - 110],
      [400 - waist, bottom - 90],
      [400 - waist, bottom - 26],
    ),
    ...curve(
      [400 - waist, bottom - 26],
      [400 - waist, bottom - 4],
      [400 - waist * 0.7, bottom],
      [400, bottom],
    ),
  ];
  return [
    [
      ...left,
      ...left
        .slice(1, -1)
        .reverse()
        .map(([x, y]): Point => [800 - x, y]),
    ],
  ];
};

const seat = (canvas: Canvas, colour: string, half: number = 138, y: number = 492): void => {
  canvas.fill(
    polygon([400 - 70, y + 50], [400 + 70, y + 50], [400 + 34, y + 84], [400 - 34, y + 84]),
    shaded('#454a51'),
  );
  part(canvas, roundRect(400 - half + 6, y + 26, (half - 6) * 2, 38, 18), darker(colour, 0.3));
  part(
    canvas,
    roundRect(400 - half, y, half * 2, 48, [26, 26, 22, 22]),
    colour,
    shaded(lighter(colour, 0.06), 0.14),
  );
  canvas.fill(
    stroke(
      [
        [400 - half + 26, y + 9],
        [400 + half - 26, y + 9],
      ],
      4,
    ),
    lighter(colour, 0.5),
    { alpha: 0.3 },
  );
};

const arms = (canvas: Canvas, colour: string, padColour: string, padY: number = 408): void => {
  const support = stroke(
    [
      [272, 524],
      [236, 520],
      [232, padY + 16],
    ],
    15,
  );
  part(canvas, both(support), colour, rounded(colour));
  part(canvas, both(roundRect(202, padY, 62, 23, 11)), padColour, shaded(lighter(padColour, 0.1), 0.12));
};

/** `count` 2 adds a headrest. */
export const meshChair = (canvas: Canvas, { colour, accent = '#2f3238', count }: Picture): void => {
  starBase(canvas, 545, accent);
  part(
    canvas,
    stroke(
      [
        [400, 540],
        [400, 470],
        [400, 300],
      ],
      30,
    ),
    darker(accent, 0.1),
    rounded(accent),
  );
  const outer = backShape(212, 470, 128, 104);
  const inner = backShape(226, 456, 113, 90);
  part(canvas, outer, accent, shaded(lighter(accent, 0.06), 0.12));
  canvas.fill(inner, mix(colour, '#f4f2ee', 0.34));
  canvas.fill(inner, shaded(colour, 0.12), { alpha: 0.72 });
  weave(canvas, inner, colour, [284, 226, 516, 456]);
  const lumbar: Point[] = [[298, 404], ...curve([298, 404], [350, 424], [450, 424], [502, 404])];
  canvas.fill(stroke(lumbar, 20), shaded(accent, 0.14), { alpha: 0.92, clip: outer });
  if (count === 2) {
    part(
      canvas,
      stroke(
        [
          [400, 220],
          [400, 176],
        ],
        20,
      ),
      accent,
      rounded(accent),
    );
    part(canvas, roundRect(330, 124, 140, 62, 26), accent, shaded(lighter(accent, 0.08), 0.1));
    const pad = roundRect(341, 134, 118, 42, 18);
    canvas.fill(pad, shaded(colour, 0.12));
    weave(canvas, pad, colour, [341, 134, 459, 176]);
  }
  arms(canvas, accent, darker(accent, 0.1));
  seat(canvas, colour);
};

/** `count` 2 adds arms. */
export const taskChair = (canvas: Canvas, { colour, accent = '#2f3238', count }: Picture): void => {
  starBase(canvas, 545, accent);
  part(
    canvas,
    stroke(
      [
        [400, 545],
        [400, 380],
      ],
      36,
    ),
    accent,
    rounded(accent),
  );
  const back = roundRect(278, 236, 244, 200, [64, 64, 48, 48]);
  part(canvas, back, colour, shaded(lighter(colour, 0.06), 0.16));
  seam(canvas, [[296, 356], ...curve([296, 356], [350, 378], [450, 378], [504, 356])], colour, back);
  canvas.fill(stroke(curve([318, 262], [350, 246], [450, 246], [482, 262]), 5), lighter(colour, 0.5), {
    alpha: 0.3,
  });
  if (count === 2) arms(canvas, accent, darker(accent, 0.1), 420);
  seat(canvas, colour, 132);
};

export const executiveChair = (canvas: Canvas, { colour, accent = '#b9c0c6' }: Picture): void => {
  starBase(canvas, 545, accent, 172);
  const back = backShape(118, 494, 142, 132);
  part(canvas, back, darker(colour, 0.18), shaded(darker(colour, 0.1), 0.12));
  const pads: readonly (readonly [number, number, number])[] = [
    [134, 88, 108],
    [228, 76, 122],
    [310, 76, 120],
    [392, 84, 116],
  ];
  for (const [y, height, half] of pads) {
    const pad = roundRect(400 - half, y, half * 2, height, 30);
    part(canvas, pad, colour, shaded(lighter(colour, 0.07), 0.16));
    canvas.fill(
      stroke(
        [
          [400 - half + 34, y + 13],
          [400 + half - 34, y + 13],
        ],
        5,
      ),
      lighter(colour, 0.55),
      { alpha: 0.25 },
    );
  }
  part(
    canvas,
    both(
      stroke(
        [
          [270, 536],
          [226, 520],
          [216, 440],
        ],
        19,
      ),
    ),
    accent,
    rounded(accent),
  );
  part(canvas, both(roundRect(188, 398, 74, 44, 20)), colour, shaded(lighter(colour, 0.08), 0.16));
  seat(canvas, colour, 150, 482);
  seam(
    canvas,
    [
      [268, 512],
      [400, 517],
      [532, 512],
    ],
    colour,
  );
};

export const stool = (canvas: Canvas, { colour, accent = '#b9c0c6' }: Picture): void => {
  starBase(canvas, 400, accent, 148);
  const ring = arcPoints(400, 540, 104, 26, 0, 360, 60);
  canvas.fill(rect(300, 534, 200, 8), rounded(accent));
  canvas.fill(stroke(ring, 11), shaded(accent, 0.2));
  part(canvas, roundRect(298, 372, 204, 30, 15), darker(colour, 0.3));
  part(canvas, ellipse(400, 364, 112, 34), colour, shaded(lighter(colour, 0.08), 0.12));
  canvas.fill(ellipse(400, 356, 84, 18), lighter(colour, 0.4), { alpha: 0.35 });
  part(
    canvas,
    stroke(
      [
        [400, 352],
        [400, 250],
      ],
      18,
    ),
    accent,
    rounded(accent),
  );
  part(canvas, roundRect(306, 208, 188, 82, 36), colour, shaded(lighter(colour, 0.06), 0.16));
};
