/** Sofas, armchairs and cushions. */
import type { Picture } from '../catalog/types.ts';
import { type Canvas, rounded, shaded } from './canvas.ts';
import { darker, lighter } from './colour.ts';
import { arcPoints, both, curve, ellipse, type Point, roundRect, stroke } from './path.ts';
import { FLOOR, part, seam } from './pen.ts';

/** `count` seats. */
export const sofa = (canvas: Canvas, { colour, accent = '#cda26d', count = 2 }: Picture): void => {
  const half = count >= 3 ? 340 : count === 2 ? 280 : 190;
  const left = 400 - half;
  part(
    canvas,
    both(
      stroke(
        [
          [left + 46, 610],
          [left + 28, FLOOR - 6],
        ],
        19,
        11,
      ),
    ),
    accent,
    shaded(accent, 0.12),
  );
  part(
    canvas,
    both(
      stroke(
        [
          [left + 120, 610],
          [left + 116, 664],
        ],
        14,
        9,
      ),
    ),
    darker(accent, 0.25),
  );
  part(canvas, roundRect(left + 30, 590, (half - 30) * 2, 36, 14), darker(colour, 0.34));
  const inner = half - 56;
  part(
    canvas,
    roundRect(left + 34, 334, (half - 34) * 2, 276, [44, 44, 10, 10]),
    darker(colour, 0.14),
    shaded(darker(colour, 0.08), 0.1),
  );
  sofaCushions(canvas, colour, count, inner);
  part(
    canvas,
    both(roundRect(left, 430, 74, 184, [36, 36, 18, 18])),
    colour,
    shaded(lighter(colour, 0.04), 0.18),
  );
};

const sofaCushions = (canvas: Canvas, colour: string, count: number, inner: number): void => {
  const width = (inner * 2) / count;
  for (let i = 0; i < count; i += 1) {
    const x = 400 - inner + i * width;
    part(canvas, roundRect(x + 3, 356, width - 6, 176, 34), colour, shaded(lighter(colour, 0.06), 0.12));
    canvas.fill(
      stroke(
        [
          [x + 40, 370],
          [x + width - 40, 370],
        ],
        5,
      ),
      lighter(colour, 0.5),
      { alpha: 0.25 },
    );
  }
  for (let i = 0; i < count; i += 1) {
    const x = 400 - inner + i * width;
    part(canvas, roundRect(x + 2, 506, width - 4, 88, 26), colour, shaded(lighter(colour, 0.1), 0.14));
    seam(
      canvas,
      [
        [x + 22, 562],
        [x + width - 22, 562],
      ],
      colour,
    );
  }
};

export const armchair = (canvas: Canvas, picture: Picture): void => {
  const { colour, accent = '#cda26d' } = picture;
  part(
    canvas,
    both(
      stroke(
        [
          [282, 600],
          [248, FLOOR - 6],
        ],
        20,
        11,
      ),
    ),
    accent,
    shaded(accent, 0.12),
  );
  part(
    canvas,
    both(
      stroke(
        [
          [340, 600],
          [334, 660],
        ],
        14,
        9,
      ),
    ),
    darker(accent, 0.25),
  );
  const shell: Point[] = [
    [206, 600],
    ...curve([206, 600], [168, 440], [176, 250], [400, 250]),
    ...curve([400, 250], [624, 250], [632, 440], [594, 600]),
  ];
  part(canvas, [shell], darker(colour, 0.12), shaded(darker(colour, 0.06), 0.14));
  const inner: Point[] = [
    [262, 560],
    ...curve([262, 560], [226, 420], [246, 292], [400, 292]),
    ...curve([400, 292], [554, 292], [574, 420], [538, 560]),
  ];
  part(canvas, [inner], colour, shaded(lighter(colour, 0.08), 0.14));
  part(canvas, roundRect(240, 506, 320, 98, 34), colour, shaded(lighter(colour, 0.12), 0.14));
  seam(
    canvas,
    [
      [270, 570],
      [400, 576],
      [530, 570],
    ],
    colour,
  );
};

export const pouf = (canvas: Canvas, { colour, accent = '#a1602f' }: Picture): void => {
  const side: Point[] = [
    ...arcPoints(400, 470, 190, 56, 180, 0),
    ...curve([590, 470], [606, 560], [606, 620], [580, 654]),
    ...arcPoints(400, 650, 180, 34, 0, 180).slice(1),
    ...curve([220, 654], [194, 620], [194, 560], [210, 470]),
  ];
  part(canvas, [side], colour, rounded(colour, 0.14));
  for (const x of [270, 335, 400, 465, 530]) {
    const bend = (x - 400) * 1.05;
    seam(
      canvas,
      curve([400 + bend, 500], [400 + bend * 1.1, 560], [400 + bend * 1.1, 610], [400 + bend, 672]),
      colour,
      [side],
    );
  }
  part(canvas, ellipse(400, 470, 190, 56), lighter(colour, 0.12), shaded(lighter(colour, 0.14), 0.08));
  canvas.fill(stroke(arcPoints(400, 470, 188, 55, 0, 360, 60), 5), darker(colour, 0.2), { alpha: 0.6 });
  part(canvas, stroke(arcPoints(400, 462, 44, 22, 0, 180), 12), accent);
};

export const lumbarCushion = (canvas: Canvas, { colour, accent = '#8f979f' }: Picture): void => {
  part(
    canvas,
    [
      ...stroke(
        [
          [130, 452],
          [240, 452],
        ],
        34,
      ),
      ...stroke(
        [
          [560, 452],
          [670, 452],
        ],
        34,
      ),
    ],
    darker(accent, 0.1),
  );
  part(canvas, roundRect(640, 424, 34, 56, 8), '#3a3e45');
  const body: Point[] = [
    [196, 330],
    ...curve([196, 330], [300, 276], [500, 276], [604, 330]),
    ...curve([604, 330], [640, 420], [640, 480], [604, 580]),
    ...curve([604, 580], [500, 628], [300, 628], [196, 580]),
    ...curve([196, 580], [160, 480], [160, 420], [196, 330]),
  ];
  part(canvas, [body], colour, shaded(lighter(colour, 0.1), 0.16));
  for (const y of [390, 450, 510])
    seam(canvas, [[176, y], ...curve([176, y], [320, y + 26], [480, y + 26], [624, y])], colour, [body]);
  canvas.fill(stroke(curve([240, 340], [320, 306], [480, 306], [560, 340]), 7), lighter(colour, 0.5), {
    alpha: 0.28,
  });
};
