/** A floor plan as a customer would photograph it: walls, doors and rooms, drawn by code. The sandbox's model knows it by its description. */
import { withDescription } from '../double/png-text.ts';
import { makeCanvas, SIZE } from '../zoho-inventory/picture/canvas.ts';
import { rect } from '../zoho-inventory/picture/path.ts';
import { encodePng } from '../zoho-inventory/picture/png.ts';

type Wall = readonly [x: number, y: number, width: number, height: number];

const INK = '#25323d';
const FURNITURE = '#7d93a5';
const WALL = 12;

/** The outer walls with an entrance below, a meeting room, two offices and a pantry; gaps are doors. */
const WALLS: readonly Wall[] = [
  [80, 80, 640, WALL],
  [80, 80, WALL, 640],
  [708, 80, WALL, 640],
  [80, 708, 250, WALL],
  [410, 708, 310, WALL],
  [80, 320, 170, WALL],
  [310, 80, WALL, 140],
  [310, 280, WALL, 52],
  [480, 80, WALL, 160],
  [480, 300, 240, WALL],
  [560, 480, 160, WALL],
  [560, 540, WALL, 180],
];

/** A meeting table, two desks, six workplaces in the open room, a counter. */
const PIECES: readonly Wall[] = [
  [140, 150, 120, 110],
  [360, 130, 80, 40],
  [560, 130, 100, 44],
  ...[150, 260, 370].flatMap((x): Wall[] => [
    [x, 430, 84, 40],
    [x, 480, 84, 40],
  ]),
  [610, 600, 60, 80],
];

export const floorPlan = (): Uint8Array => {
  const canvas = makeCanvas();
  canvas.fill(rect(0, 0, SIZE, SIZE), '#f7f5f0');
  for (let at = 40; at < SIZE; at += 40) {
    canvas.fill(rect(at, 0, 1, SIZE), '#dfe4e6', { alpha: 0.6 });
    canvas.fill(rect(0, at, SIZE, 1), '#dfe4e6', { alpha: 0.6 });
  }
  for (const [x, y, width, height] of PIECES)
    canvas.fill(rect(x, y, width, height), FURNITURE, { alpha: 0.7 });
  for (const [x, y, width, height] of WALLS) canvas.fill(rect(x, y, width, height), INK);
  return withDescription(
    encodePng(canvas.pixels, SIZE, SIZE),
    'plan: floor plan of an office with a meeting room, two offices, six workplaces and a pantry',
  );
};
