/** Benches with screens, by the number of people who work at them. */
import type { Picture } from '../catalog/types.ts';
import { type Canvas, shaded } from './canvas.ts';
import { darker, lighter } from './colour.ts';
import { both, polygon, rect, roundRect, stroke } from './path.ts';
import { FLOOR, part, seam, tableTop } from './pen.ts';

/** `count` 1 is a booth with walls on three sides; 2, 4 and 6 are benches of one, two and three bays. */
export const workstation = (canvas: Canvas, { colour, accent = '#8f979f', count = 2 }: Picture): void => {
  if (count === 1) booth(canvas, colour, accent);
  else bench(canvas, colour, accent, count / 2);
};

const booth = (canvas: Canvas, colour: string, accent: string): void => {
  part(canvas, polygon([150, 250], [212, 214], [212, 560], [150, 640]), darker(accent, 0.16));
  part(canvas, polygon([650, 250], [588, 214], [588, 560], [650, 640]), darker(accent, 0.26));
  part(canvas, rect(212, 214, 376, 356), accent, shaded(accent, 0.1));
  for (let x = 260; x < 588; x += 47) canvas.fill(rect(x, 222, 2, 220), darker(accent, 0.4), { alpha: 0.3 });
  tableTop(canvas, colour, { left: 152, right: 648, y: 476, depth: 54, inset: 58 });
  part(canvas, both(rect(150, 250, 16, FLOOR - 256)), darker(accent, 0.35));
};

const bench = (canvas: Canvas, colour: string, screen: string, bays: number): void => {
  const [left, right] = bays === 1 ? [170, 630] : [60, 740];
  const width = (right - left) / bays;
  const inset = 34;
  part(
    canvas,
    polygon([left + inset, 372], [right - inset, 372], [right - inset - 14, 346], [left + inset + 14, 346]),
    lighter(colour, 0.24),
  );
  part(
    canvas,
    both(
      stroke(
        [
          [left + 46, 420],
          [left + 60, 640],
        ],
        14,
      ),
    ),
    '#6a7078',
  );
  for (let i = 0; i < bays; i += 1) {
    const panel = roundRect(
      left + inset + i * (width - (inset * 2) / bays) + 6,
      238,
      width - (inset * 2) / bays - 12,
      142,
      12,
    );
    part(canvas, panel, screen, shaded(lighter(screen, 0.06), 0.1));
    const [x = 0] = panel[0]?.[0] ?? [];
    seam(
      canvas,
      [
        [x + 14, 300],
        [x + width - 60, 300],
      ],
      screen,
      panel,
    );
  }
  tableTop(canvas, colour, { left, right, y: 436, depth: 58, thick: 20, inset });
  for (let i = 1; i < bays; i += 1)
    canvas.fill(
      stroke(
        [
          [left + i * width, 436],
          [left + i * width, 456],
        ],
        3,
      ),
      darker(colour, 0.5),
    );
  for (let i = 0; i <= bays; i += 1) {
    const x = i === 0 ? left + 20 : i === bays ? right - 20 : left + i * width;
    part(canvas, rect(x - 10, 456, 20, FLOOR - 462), '#4a4f57', shaded('#565c64', 0.1));
    part(canvas, roundRect(x - 26, FLOOR - 16, 52, 12, 6), '#4a4f57');
  }
};
