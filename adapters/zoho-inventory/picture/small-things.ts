/** Accessories. */
import type { Picture } from '../catalog/types.ts';
import { type Canvas, rounded, shaded } from './canvas.ts';
import { darker, lighter } from './colour.ts';
import { arcPoints, both, curve, ellipse, polygon, rect, roundRect, stroke } from './path.ts';
import { castor, FLOOR, part, tableTop } from './pen.ts';

export const lamp = (canvas: Canvas, { colour, accent = '#2f3238' }: Picture): void => {
  canvas.glow(566, 520, 230, 260, '#ffe9b0', 0.75);
  part(canvas, ellipse(290, 664, 118, 26), darker(accent, 0.1));
  part(canvas, ellipse(290, 654, 118, 26), accent, shaded(lighter(accent, 0.1), 0.1));
  part(
    canvas,
    stroke(
      [
        [290, 650],
        [214, 420],
      ],
      17,
    ),
    colour,
    rounded(colour),
  );
  part(
    canvas,
    stroke(
      [
        [214, 420],
        [452, 232],
      ],
      17,
    ),
    colour,
    shaded(colour, 0.12),
  );
  for (const [x, y] of [
    [214, 420],
    [452, 232],
  ] as const)
    part(canvas, ellipse(x, y, 20), accent, shaded(accent, 0.14));
  const shade = polygon([432, 214], [484, 196], [664, 342], [520, 402]);
  canvas.fill(ellipse(592, 376, 78, 30), '#fff4d2');
  part(
    canvas,
    [
      ...shade,
      ...stroke(
        [
          [440, 214],
          [478, 200],
        ],
        24,
      ),
    ],
    colour,
    shaded(lighter(colour, 0.06), 0.16),
  );
};

/** `count` screens. */
export const monitorArm = (canvas: Canvas, { colour, accent = '#2f3238', count = 1 }: Picture): void => {
  const screens = count === 2 ? [226, 574] : [480];
  const post = count === 2 ? 400 : 236;
  tableTop(canvas, '#cda26d', { left: 92, right: 708, y: 640, depth: 40, thick: 22 });
  part(canvas, roundRect(post - 46, 598, 92, 24, 6), darker(colour, 0.2));
  part(canvas, rect(post - 14, 380, 28, 222), colour, rounded(colour, 0.2));
  for (const x of screens) {
    const half = count === 2 ? 160 : 200;
    const height = half * 1.16;
    part(
      canvas,
      stroke(
        [
          [post, 424],
          [(post + x) / 2, 468],
          [x, 360],
        ],
        26,
        20,
      ),
      colour,
      shaded(colour, 0.16),
    );
    part(canvas, ellipse((post + x) / 2, 468, 21), darker(colour, 0.12), shaded(colour, 0.2));
    part(
      canvas,
      roundRect(x - half, 356 - height / 2, half * 2, height, 12),
      accent,
      shaded(lighter(accent, 0.06), 0.1),
    );
    const face = roundRect(x - half + 9, 365 - height / 2, half * 2 - 18, height - 26, 5);
    canvas.fill(face, { from: '#5c8fb8', to: '#a9cbd9' });
    canvas.fill(
      polygon(
        [x - half, 356 + height / 2],
        [x - 20, 356 - height / 2],
        [x + 50, 356 - height / 2],
        [x - half + 70, 356 + height / 2],
      ),
      '#ffffff',
      {
        alpha: 0.14,
        clip: face,
      },
    );
  }
};

export const footrest = (canvas: Canvas, { colour, accent = '#8f979f' }: Picture): void => {
  part(
    canvas,
    both(
      stroke(
        [
          [218, 640],
          [176, FLOOR - 8],
        ],
        20,
      ),
    ),
    accent,
  );
  part(canvas, both(roundRect(142, FLOOR - 20, 100, 16, 8)), darker(accent, 0.2));
  const surface = polygon([214, 470], [586, 470], [660, 624], [140, 624]);
  part(
    canvas,
    [
      ...surface,
      ...stroke(
        [
          [222, 472],
          [578, 472],
        ],
        22,
      ),
      ...stroke(
        [
          [152, 622],
          [648, 622],
        ],
        24,
      ),
    ],
    colour,
    shaded(lighter(colour, 0.16), 0.08),
  );
  for (let row = 0; row < 5; row += 1) {
    const [y, half] = [496 + row * 28, 164 + row * 13];
    for (let i = -4; i <= 4; i += 1)
      canvas.fill(ellipse(400 + (i * half) / 4.4, y, 11, 6), lighter(colour, 0.34), { alpha: 0.75 });
  }
  part(canvas, roundRect(140, 624, 520, 22, 10), darker(colour, 0.25));
};

export const whiteboard = (canvas: Canvas, { colour, accent = '#b9c0c6' }: Picture): void => {
  part(
    canvas,
    both(
      stroke(
        [
          [150, 180],
          [150, 660],
        ],
        17,
      ),
    ),
    accent,
    rounded(accent, 0.2),
  );
  part(
    canvas,
    both(
      stroke(
        [
          [96, 664],
          [206, 664],
        ],
        16,
      ),
    ),
    accent,
  );
  for (const x of [100, 202, 598, 700]) castor(canvas, x, FLOOR + 2, 14);
  part(canvas, rect(150, 590, 500, 12), darker(accent, 0.15));
  part(canvas, roundRect(124, 176, 552, 364, 10), accent, shaded(accent, 0.14));
  canvas.fill(roundRect(140, 192, 520, 332, 4), shaded(colour, 0.05));
  canvas.fill(polygon([180, 524], [330, 192], [400, 192], [250, 524]), '#ffffff', { alpha: 0.6 });
  canvas.fill(stroke([[200, 300], ...curve([200, 300], [260, 240], [300, 360], [360, 290])], 5), '#33639f', {
    alpha: 0.8,
  });
  canvas.fill(
    stroke(
      [
        [430, 420],
        [480, 360],
        [530, 390],
        [600, 290],
      ],
      5,
    ),
    '#b8493f',
    { alpha: 0.8 },
  );
  part(canvas, roundRect(270, 536, 260, 18, 5), darker(accent, 0.12));
  for (const [i, pen] of ['#33639f', '#b8493f', '#557f5f'].entries())
    canvas.fill(roundRect(300 + i * 56, 528, 44, 9, 4), pen);
};

export const powerBox = (canvas: Canvas, { colour, accent = '#4a4f57' }: Picture): void => {
  canvas.fill(polygon([130, 610], [670, 610], [700, 650], [100, 650]), '#14161a', { alpha: 0.1 });
  part(
    canvas,
    polygon([150, 250], [650, 250], [690, 330], [110, 330]),
    lighter(colour, 0.2),
    shaded(lighter(colour, 0.16), 0.1),
  );
  part(canvas, roundRect(110, 330, 580, 280, [6, 6, 22, 22]), colour, shaded(colour, 0.1));
  canvas.fill(roundRect(134, 356, 532, 228, 16), shaded(accent, 0.1));
  for (const x of [232, 392]) {
    part(canvas, roundRect(x - 66, 396, 132, 150, 12), '#f1f0ec');
    canvas.fill(roundRect(x - 9, 420, 18, 38, 4), '#3a3e45');
    for (const dx of [-34, 34]) canvas.fill(roundRect(x + dx - 15, 482, 30, 16, 4), '#3a3e45');
  }
  part(canvas, roundRect(496, 402, 140, 40, 7), '#f1f0ec');
  canvas.fill(roundRect(524, 412, 84, 20, 3), '#3a3e45');
  part(canvas, roundRect(496, 476, 140, 40, 20), '#f1f0ec');
  canvas.fill(roundRect(530, 488, 72, 16, 8), '#3a3e45');
  canvas.fill(ellipse(566, 552, 6), '#7fd1a4');
};

export const cableTray = (canvas: Canvas, { colour, accent = '#cda26d' }: Picture): void => {
  tableTop(canvas, accent, { left: 70, right: 730, y: 330, depth: 70, thick: 30 });
  part(canvas, both(rect(170, 360, 16, 90)), darker(colour, 0.1));
  const basket = polygon([128, 440], [672, 440], [650, 580], [150, 580]);
  canvas.fill(basket, lighter(colour, 0.4), { alpha: 0.3 });
  for (const [i, cable] of ['#33639f', '#2f3238', '#b8493f'].entries()) {
    canvas.fill(
      stroke(
        [
          [200, 520 + i * 14],
          ...curve([200, 520 + i * 14], [340, 470 + i * 30], [460, 580 - i * 20], [610, 520 + i * 12]),
        ],
        12,
      ),
      cable,
    );
  }
  part(canvas, roundRect(300, 500, 200, 50, 10), '#f1f0ec');
  for (const x of [340, 400, 460]) canvas.fill(ellipse(x, 525, 13), '#8f979f');
  for (let x = 128; x <= 672; x += 34)
    canvas.fill(
      stroke(
        [
          [x, 440],
          [400 + (x - 400) * 0.92, 580],
        ],
        5,
      ),
      shaded(colour, 0.1),
    );
  for (const y of [440, 486, 532, 580]) {
    const inset = ((y - 440) / 140) * 22;
    canvas.fill(
      stroke(
        [
          [128 + inset, y],
          [672 - inset, y],
        ],
        y === 440 ? 12 : 6,
      ),
      shaded(colour, 0.1),
    );
  }
};

export const coatStand = (canvas: Canvas, { colour, accent = '#2f3238' }: Picture): void => {
  part(canvas, ellipse(400, FLOOR - 14, 128, 24), darker(accent, 0.2));
  part(canvas, ellipse(400, FLOOR - 24, 128, 24), accent, shaded(lighter(accent, 0.1), 0.1));
  part(canvas, rect(388, 120, 24, 546), colour, rounded(colour, 0.18));
  for (const [y, reach] of [
    [210, 92],
    [290, 74],
  ] as const) {
    const hook = stroke(
      [
        [400, y + 34],
        ...curve([400, y + 34], [400 - reach * 0.5, y + 34], [400 - reach, y + 20], [400 - reach, y - 14]),
      ],
      16,
      12,
    );
    part(canvas, both(hook), accent, shaded(accent, 0.12));
    part(canvas, both(ellipse(400 - reach, y - 18, 13)), colour, shaded(colour, 0.14));
  }
  part(canvas, ellipse(400, 118, 22), colour, shaded(lighter(colour, 0.1), 0.14));
  canvas.fill(stroke(arcPoints(400, 420, 30, 8, 0, 180), 8), accent);
};
