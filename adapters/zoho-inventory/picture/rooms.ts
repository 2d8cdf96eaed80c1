/** Booths, pods and acoustic panels. */
import type { Picture } from '../catalog/types.ts';
import { type Canvas, rounded, shaded } from './canvas.ts';
import { darker, lighter } from './colour.ts';
import { both, ellipse, polygon, rect, roundRect, stroke } from './path.ts';
import { box, FLOOR, part } from './pen.ts';

/** `count` 4 is a pod with two sofas and a table; otherwise a booth for one. `accent` is its inside. */
export const pod = (canvas: Canvas, { colour, accent = '#2f8083', count }: Picture): void => {
  const wide = count === 4;
  const [left, right] = wide ? [96, 660] : [236, 520];
  box(canvas, { x: left, y: 128, width: right - left, height: 548 }, colour, 52);
  const room = { x: left + 22, y: 154, width: right - left - 44, height: 500 };
  canvas.fill(roundRect(room.x, room.y, room.width, room.height, 10), shaded(darker(accent, 0.1), 0.16));
  for (let x = room.x + 24; x < room.x + room.width; x += 24)
    canvas.fill(rect(x, room.y, 2, room.height), darker(accent, 0.5), { alpha: 0.25 });
  canvas.fill(rect(room.x, room.y + room.height - 46, room.width, 46), shaded(darker(colour, 0.5), 0.05), {
    alpha: 0.6,
  });
  canvas.fill(roundRect((left + right) / 2 - 44, 164, 88, 10, 5), '#fff1c9');
  canvas.glow((left + right) / 2, 190, 130, 120, '#fff1c9', 0.4);
  if (wide) innerMeeting(canvas, accent);
  else innerSeat(canvas, accent);
  const glass = roundRect(room.x, room.y, room.width, room.height, 10);
  canvas.fill(glass, '#dff0f4', { alpha: 0.16 });
  canvas.fill(
    polygon([room.x + 26, 654], [room.x + 150, 154], [room.x + 196, 154], [room.x + 72, 654]),
    '#ffffff',
    { alpha: 0.14, clip: glass },
  );
  const middle = wide ? (left + right) / 2 : room.x + room.width - 26;
  if (wide) canvas.fill(rect(middle - 3, room.y, 6, room.height), darker(colour, 0.3));
  canvas.fill(roundRect(middle - (wide ? 26 : 4), 400, 9, 92, 4), shaded('#e7e9eb', 0.2));
};

const innerSeat = (canvas: Canvas, accent: string): void => {
  part(canvas, roundRect(262, 420, 150, 14, 4), '#e4cfa9');
  part(
    canvas,
    stroke(
      [
        [400, 566],
        [400, 640],
      ],
      14,
    ),
    '#3a3e45',
  );
  part(canvas, ellipse(400, 558, 62, 20), lighter(accent, 0.35), shaded(lighter(accent, 0.35), 0.1));
};

const innerMeeting = (canvas: Canvas, accent: string): void => {
  const seat = lighter(accent, 0.25);
  for (const x of [126, 500]) {
    part(canvas, roundRect(x, 380, 130, 150, 18), seat, shaded(seat, 0.12));
    part(canvas, roundRect(x - 4, 506, 138, 84, 16), lighter(seat, 0.1), shaded(lighter(seat, 0.1), 0.14));
  }
  part(
    canvas,
    stroke(
      [
        [378, 506],
        [378, 640],
      ],
      20,
    ),
    '#3a3e45',
    rounded('#4a4f57'),
  );
  part(canvas, roundRect(286, 488, 184, 18, 8), '#e4cfa9');
};

/** `count` 2 is a screen on feet; otherwise a wall panel. */
export const panel = (canvas: Canvas, { colour, accent = '#8f979f', count }: Picture): void => {
  if (count === 2) {
    part(
      canvas,
      both(
        stroke(
          [
            [150, FLOOR - 8],
            [262, FLOOR - 8],
          ],
          16,
        ),
      ),
      accent,
    );
    part(canvas, both(rect(196, 600, 20, 80)), accent);
    const screen = roundRect(116, 220, 568, 404, 34);
    part(canvas, screen, colour, shaded(lighter(colour, 0.08), 0.12));
    for (const x of [305, 495]) canvas.fill(rect(x, 226, 3, 392), darker(colour, 0.45), { alpha: 0.5 });
    canvas.fill(
      stroke(
        [
          [160, 234],
          [640, 234],
        ],
        5,
      ),
      lighter(colour, 0.5),
      { alpha: 0.35 },
    );
    return;
  }
  const sheets = [
    { x: 120, y: 190, tone: 0 },
    { x: 308, y: 190, tone: 0.14 },
    { x: 496, y: 190, tone: 0.28 },
  ];
  for (const { x, y, tone } of sheets) {
    const sheet = roundRect(x, y, 180, 430, 10);
    const shade = lighter(colour, tone);
    canvas.fill(roundRect(x + 7, y + 10, 180, 430, 10), '#14161a', { alpha: 0.16 });
    part(canvas, sheet, shade, shaded(shade, 0.08));
    for (let groove = 18; groove < 180; groove += 18)
      canvas.fill(rect(x + groove, y + 6, 4, 418), darker(shade, 0.4), { alpha: 0.4 });
  }
};
