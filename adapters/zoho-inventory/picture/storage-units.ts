/** Cabinets, drawers, shelves, lockers and the reception counter. */
import type { Picture } from '../catalog/types.ts';
import { type Canvas, shaded } from './canvas.ts';
import { darker, lighter } from './colour.ts';
import { curve, ellipse, type Point, polygon, rect, roundRect, stroke } from './path.ts';
import { box, castor, FLOOR, front, part } from './pen.ts';

/** `count` 1 is a low cabinet, 2 a high one. */
export const cabinet = (canvas: Canvas, { colour, accent = '#8f979f', count }: Picture): void => {
  const high = count === 2;
  const size = high
    ? { x: 226, y: 146, width: 310, height: 524 }
    : { x: 140, y: 396, width: 478, height: 274 };
  part(canvas, rect(size.x + 10, size.y + size.height, size.width - 20, 18), darker(colour, 0.55));
  box(canvas, size, colour);
  const half = size.width / 2 - 10;
  for (const [i, at] of (['right', 'left'] as const).entries()) {
    const door = { x: size.x + 8 + i * (half + 4), y: size.y + 10, width: half, height: size.height - 20 };
    front(canvas, door, colour, { colour: accent, at });
  }
};

export const pedestal = (canvas: Canvas, { colour, accent = '#8f979f', count = 3 }: Picture): void => {
  for (const x of [288, 470, 530]) castor(canvas, x, x === 530 ? FLOOR - 20 : FLOOR);
  const size = { x: 262, y: 330, width: 234, height: 326 };
  box(canvas, size, colour, 54);
  stackOfDrawers(canvas, size, colour, accent, count);
  canvas.fill(ellipse(482, 352, 4.5), darker(accent, 0.3));
};

export const filingCabinet = (canvas: Canvas, { colour, accent = '#4a4f57', count = 4 }: Picture): void => {
  const size = { x: 262, y: 176, width: 238, height: 506 };
  box(canvas, size, colour, 60);
  stackOfDrawers(canvas, size, colour, accent, count);
  const height = size.height / count;
  for (let i = 0; i < count; i += 1)
    part(canvas, roundRect(350, size.y + i * height + 56, 62, 26, 3), '#f7f5ef');
};

const stackOfDrawers = (
  canvas: Canvas,
  size: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  colour: string,
  handle: string,
  count: number,
): void => {
  const height = (size.height - 8) / count;
  for (let i = 0; i < count; i += 1) {
    const drawer = { x: size.x + 8, y: size.y + 7 + i * height, width: size.width - 16, height: height - 6 };
    front(canvas, drawer, colour, { colour: handle, at: 'top' });
  }
};

/** `count` shelves, with a few books and boxes. */
export const bookcase = (canvas: Canvas, { colour, accent = '#2f3238', count = 5 }: Picture): void => {
  const [left, right, top, bottom] = [232, 568, 140, 676];
  const gap = (bottom - top) / count;
  const spines = ['#b8493f', '#33639f', '#d3a13c', '#557f5f', '#7d5236', '#2f8083'];
  for (let shelf = 0; shelf < count; shelf += 1) {
    const floor = top + gap * (shelf + 1) - 6;
    for (let book = 0; book < 5; book += 1) {
      const x = left + 26 + book * 21 + (shelf % 2) * 130;
      const height = gap * (0.52 + ((book * 7 + shelf * 3) % 5) * 0.06);
      part(
        canvas,
        roundRect(x, floor - height, 18, height, 2),
        spines[(book + shelf) % spines.length] ?? '#33639f',
      );
    }
    const boxX = shelf % 2 === 0 ? 450 : 262;
    part(canvas, roundRect(boxX, floor - gap * 0.5, 84, gap * 0.5, 4), '#e2d8c6');
  }
  for (let shelf = 0; shelf <= count; shelf += 1) {
    part(
      canvas,
      roundRect(left - 8, top + gap * shelf - 7, right - left + 16, 14, 3),
      colour,
      shaded(lighter(colour, 0.1), 0.12),
    );
  }
  for (const x of [left - 10, right - 4])
    part(canvas, roundRect(x, top - 14, 14, FLOOR - top + 8, 4), accent, shaded(accent, 0.1));
};

/** `count` doors in two rows. */
export const locker = (canvas: Canvas, { colour, accent = '#b9c0c6', count = 6 }: Picture): void => {
  const size = { x: 196, y: 156, width: 372, height: 526 };
  box(canvas, size, accent, 48);
  const columns = count / 2;
  const [width, height] = [(size.width - 8) / columns, (size.height - 8) / 2];
  for (let i = 0; i < count; i += 1) {
    const [x, y] = [size.x + 6 + (i % columns) * width, size.y + 6 + Math.floor(i / columns) * height];
    front(canvas, { x, y, width: width - 4, height: height - 4 }, colour, { colour: '#e7e9eb', at: 'none' });
    for (let slot = 0; slot < 4; slot += 1)
      canvas.fill(roundRect(x + width / 2 - 32, y + 28 + slot * 13, 60, 5, 2), darker(colour, 0.45));
    canvas.fill(ellipse(x + width - 24, y + height / 2, 8), '#e7e9eb');
    canvas.fill(ellipse(x + width - 24, y + height / 2, 3), '#3a3e45');
  }
};

export const receptionCounter = (canvas: Canvas, { colour, accent = '#cda26d' }: Picture): void => {
  const outline: Point[] = [
    [96, 396],
    ...curve([96, 396], [260, 432], [540, 432], [704, 396]),
    [690, 668],
    ...curve([690, 668], [540, 700], [260, 700], [110, 668]),
  ];
  const body = [outline];
  part(canvas, body, colour, shaded(lighter(colour, 0.04), 0.14));
  for (let x = 118; x < 700; x += 24)
    canvas.fill(rect(x, 430, 3, 270), darker(colour, 0.4), { alpha: 0.28, clip: body });
  const light: Point[] = [[112, 640], ...curve([112, 640], [260, 672], [540, 672], [688, 640])];
  canvas.fill(stroke(light, 12), '#ffe7a8', { alpha: 0.95, clip: body });
  canvas.fill(stroke(light, 30), '#ffe7a8', { alpha: 0.25, clip: body });
  const band: Point[] = [[70, 366], ...curve([70, 366], [250, 406], [550, 406], [730, 366])];
  part(
    canvas,
    [[...band, ...band.map(([x, y]): Point => [x, y + 44]).reverse()]],
    accent,
    shaded(accent, 0.12),
  );
  part(canvas, [[...band, ...curve([730, 366], [560, 326], [240, 326], [70, 366])]], lighter(accent, 0.22));
  part(canvas, polygon([300, 330], [500, 330], [516, 296], [284, 296]), '#cfe3e6', shaded('#d8eaec', 0.08));
  part(
    canvas,
    [
      ...stroke(
        [
          [306, 330],
          [306, 366],
        ],
        7,
      ),
      ...stroke(
        [
          [494, 330],
          [494, 366],
        ],
        7,
      ),
    ],
    '#8f979f',
  );
};
