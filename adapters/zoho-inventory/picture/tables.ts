/** Desks and tables. */
import type { Picture } from '../catalog/types.ts';
import { type Canvas, rounded, shaded } from './canvas.ts';
import { darker, lighter } from './colour.ts';
import { arcPoints, both, curve, ellipse, type Point, polygon, rect, roundRect, stroke } from './path.ts';
import { box, castor, FLOOR, front, pairOfLegs, part, tableTop } from './pen.ts';

/** `count` drawers below the top. */
export const desk = (canvas: Canvas, { colour, accent = '#2f3238', count }: Picture): void => {
  part(
    canvas,
    both(
      stroke(
        [
          [166, 430],
          [166, 640],
        ],
        15,
      ),
    ),
    darker(accent, 0.2),
  );
  part(canvas, roundRect(170, 412, 460, 14, 4), darker(accent, 0.1));
  pairOfLegs(canvas, [116, 440], [116, FLOOR - 8], 21, accent);
  part(
    canvas,
    both(
      stroke(
        [
          [116, FLOOR - 9],
          [170, 642],
        ],
        12,
      ),
    ),
    accent,
  );
  if (count)
    drawers(canvas, { x: 500, y: 436, width: 160, height: 236 }, count, lighter(colour, 0.05), accent);
  tableTop(canvas, colour, { left: 92, right: 708, y: 414, depth: 62 });
};

const drawers = (
  canvas: Canvas,
  size: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  count: number,
  colour: string,
  handle: string,
): void => {
  part(canvas, rect(size.x, size.y, size.width, size.height), darker(colour, 0.3));
  const height = (size.height - 8) / count;
  for (let i = 0; i < count; i += 1) {
    front(
      canvas,
      { x: size.x + 5, y: size.y + 5 + i * height, width: size.width - 10, height: height - 5 },
      colour,
      {
        colour: handle,
        at: 'top',
      },
    );
  }
};

export const executiveDesk = (canvas: Canvas, { colour, accent = '#2f3238' }: Picture): void => {
  box(canvas, { x: 560, y: 470, width: 150, height: 204 }, colour, 44);
  drawers(canvas, { x: 566, y: 478, width: 138, height: 190 }, 3, lighter(colour, 0.08), accent);
  part(canvas, rect(126, 440, 440, 190), darker(colour, 0.24), shaded(darker(colour, 0.18), 0.1));
  for (let x = 180; x < 560; x += 62) canvas.fill(rect(x, 440, 2, 190), darker(colour, 0.5), { alpha: 0.4 });
  part(canvas, rect(92, 432, 62, FLOOR - 440), colour, rounded(colour, 0.1));
  tableTop(canvas, colour, { left: 62, right: 738, y: 408, depth: 84, thick: 30, inset: 56 });
  const pad = polygon([262, 342], [538, 342], [560, 396], [240, 396]);
  canvas.fill(pad, shaded(accent, 0.12), { alpha: 0.9 });
};

export const standingDesk = (canvas: Canvas, { colour, accent = '#2f3238' }: Picture): void => {
  part(
    canvas,
    both(polygon([150, FLOOR - 20], [206, 628], [224, 628], [258, FLOOR - 20])),
    darker(accent, 0.15),
  );
  part(canvas, both(roundRect(136, FLOOR - 22, 136, 18, 9)), accent, shaded(accent, 0.1));
  part(canvas, both(rect(188, 470, 32, 206)), lighter(accent, 0.12), rounded(lighter(accent, 0.1), 0.2));
  part(canvas, both(rect(182, 336, 44, 180)), accent, rounded(accent, 0.18));
  part(canvas, rect(222, 346, 356, 18), darker(accent, 0.1));
  tableTop(canvas, colour, { left: 92, right: 708, y: 316, depth: 62, thick: 22 });
  part(canvas, roundRect(560, 338, 96, 24, 7), '#2b2e33');
  for (let i = 0; i < 4; i += 1) canvas.fill(ellipse(578 + i * 20, 350, 5), i === 0 ? '#7fd1a4' : '#c9ced3');
  const arrow = stroke(
    [
      [400, 568],
      [400, 446],
    ],
    9,
  );
  canvas.fill(arrow, accent, { alpha: 0.22 });
  canvas.fill(
    stroke(
      [
        [374, 472],
        [400, 446],
        [426, 472],
      ],
      9,
    ),
    accent,
    { alpha: 0.22 },
  );
  canvas.fill(
    stroke(
      [
        [374, 542],
        [400, 568],
        [426, 542],
      ],
      9,
    ),
    accent,
    { alpha: 0.22 },
  );
};

/** `count` 12 is a boat-shaped boardroom table, 2 a folding one on castors; otherwise a rectangular one. */
export const meetingTable = (canvas: Canvas, picture: Picture): void => {
  if (picture.count === 12) boardroomTable(canvas, picture);
  else rectangularTable(canvas, picture, picture.count === 2);
};

const rectangularTable = (
  canvas: Canvas,
  { colour, accent = '#2f3238' }: Picture,
  onCastors: boolean,
): void => {
  const foot = onCastors ? FLOOR - 38 : FLOOR - 8;
  part(
    canvas,
    both(
      stroke(
        [
          [206, 420],
          [190, onCastors ? 620 : 636],
        ],
        15,
      ),
    ),
    darker(accent, 0.25),
  );
  part(
    canvas,
    both(
      stroke(
        [
          [150, 420],
          [112, foot],
        ],
        22,
        17,
      ),
    ),
    accent,
    shaded(accent, 0.1),
  );
  part(canvas, roundRect(160, 414, 480, 16, 6), darker(accent, 0.15));
  if (onCastors)
    for (const x of [190, 610, 112, 688]) castor(canvas, x, x === 112 || x === 688 ? FLOOR : FLOOR - 30);
  tableTop(canvas, colour, { left: 52, right: 748, y: 400, depth: 84, thick: 22, inset: 64 });
  if (!onCastors) part(canvas, roundRect(340, 346, 120, 16, 5), '#8f979f');
};

const boardroomTable = (canvas: Canvas, { colour, accent = '#b9c0c6' }: Picture): void => {
  part(
    canvas,
    both(
      stroke(
        [
          [250, 430],
          [280, 640],
        ],
        16,
      ),
    ),
    darker(accent, 0.25),
  );
  part(
    canvas,
    both(
      stroke(
        [
          [206, 436],
          [158, FLOOR - 8],
        ],
        24,
        18,
      ),
    ),
    accent,
    shaded(accent, 0.1),
  );
  part(canvas, roundRect(220, 430, 360, 16, 6), darker(accent, 0.15));
  part(canvas, polygon([320, 430], [480, 430], [500, FLOOR - 6], [300, FLOOR - 6]), darker(colour, 0.2));
  const near: Point[] = [[56, 396], ...curve([56, 396], [200, 440], [600, 440], [744, 396])];
  const far: Point[] = curve([744, 396], [690, 322], [110, 322], [56, 396]).slice(0, -1);
  const edge: Point[] = [...near.map(([x, y]): Point => [x, y + 24]), ...near.toReversed()];
  part(canvas, [edge], colour, shaded(darker(colour, 0.12), 0.08));
  part(canvas, [[...near, ...far]], lighter(colour, 0.16), {
    from: lighter(colour, 0.1),
    to: lighter(colour, 0.26),
  });
  for (const x of [292, 400, 508]) part(canvas, roundRect(x - 34, 374, 68, 18, 5), '#8f979f');
};

/** A platform on a gas spring that stands on a desk. */
export const deskRiser = (canvas: Canvas, { colour, accent = '#8f979f' }: Picture): void => {
  tableTop(canvas, '#d8b98c', { left: 60, right: 740, y: 640, depth: 70, thick: 24 });
  part(canvas, roundRect(190, 596, 420, 22, 8), darker(colour, 0.15));
  part(
    canvas,
    both(
      stroke(
        [
          [250, 600],
          [520, 420],
        ],
        20,
      ),
    ),
    accent,
    shaded(accent, 0.14),
  );
  part(canvas, ellipse(400, 500, 17), darker(accent, 0.3));
  part(canvas, roundRect(214, 462, 372, 14, 6), darker(colour, 0.1));
  tableTop(canvas, lighter(colour, 0.12), { left: 196, right: 604, y: 470, depth: 22, thick: 14, inset: 12 });
  tableTop(canvas, colour, { left: 150, right: 650, y: 400, depth: 60, thick: 20, inset: 40 });
};

export const roundTable = (canvas: Canvas, { colour, accent = '#4a4f57' }: Picture): void => {
  part(canvas, ellipse(400, FLOOR - 16, 150, 26), darker(accent, 0.1), shaded(accent, 0.14));
  const left: Point[] = [[352, 424], ...curve([352, 424], [392, 520], [392, 600], [306, FLOOR - 24])];
  part(
    canvas,
    [[...left, ...left.map(([x, y]): Point => [800 - x, y]).reverse()]],
    accent,
    rounded(accent, 0.2),
  );
  part(
    canvas,
    [[...arcPoints(400, 408, 286, 74, 0, 180), ...arcPoints(400, 384, 286, 74, 180, 0)]],
    colour,
    shaded(darker(colour, 0.14), 0.06),
  );
  part(canvas, ellipse(400, 384, 286, 74), lighter(colour, 0.16), {
    from: lighter(colour, 0.1),
    to: lighter(colour, 0.26),
  });
  canvas.fill(ellipse(400, 380, 240, 54), lighter(colour, 0.4), { alpha: 0.25 });
};

export const coffeeTable = (canvas: Canvas, { colour, accent = '#2f3238' }: Picture): void => {
  part(
    canvas,
    stroke(
      [
        [400, 520],
        [400, 650],
      ],
      17,
      12,
    ),
    darker(accent, 0.2),
  );
  part(
    canvas,
    both(
      stroke(
        [
          [300, 520],
          [242, FLOOR - 6],
        ],
        19,
        12,
      ),
    ),
    accent,
    shaded(accent, 0.1),
  );
  part(
    canvas,
    [[...arcPoints(400, 512, 210, 56, 0, 180), ...arcPoints(400, 492, 210, 56, 180, 0)]],
    colour,
    shaded(darker(colour, 0.14), 0.06),
  );
  part(canvas, ellipse(400, 492, 210, 56), lighter(colour, 0.16), {
    from: lighter(colour, 0.1),
    to: lighter(colour, 0.26),
  });
  canvas.fill(ellipse(400, 488, 170, 40), lighter(colour, 0.4), { alpha: 0.25 });
};
