/** Chairs without a star base: visitor and folding chairs. */
import type { Picture } from '../catalog/types.ts';
import { type Canvas, shaded } from './canvas.ts';
import { darker, lighter } from './colour.ts';
import { both, curve, type Path, polygon, roundRect, stroke } from './path.ts';
import { castor, FLOOR, part, weave } from './pen.ts';

const cushion = (canvas: Canvas, path: Path, colour: string): void =>
  part(canvas, path, colour, shaded(lighter(colour, 0.07), 0.14));

/** `count` 4 is a chair on four legs; otherwise a sled base. */
export const visitorChair = (canvas: Canvas, { colour, accent = '#b9c0c6', count }: Picture): void => {
  if (count === 4) fourLegs(canvas, accent);
  else sled(canvas, accent);
  const back = roundRect(284, 210, 232, 196, [58, 58, 34, 34]);
  cushion(canvas, back, colour);
  if (count !== 4) weave(canvas, back, colour, [284, 210, 516, 406]);
  canvas.fill(stroke(curve([322, 232], [350, 220], [450, 220], [478, 232]), 5), lighter(colour, 0.5), {
    alpha: 0.35,
  });
  part(canvas, roundRect(274, 470, 252, 34, 14), darker(colour, 0.28));
  cushion(canvas, roundRect(266, 444, 268, 44, [24, 24, 18, 18]), colour);
};

const fourLegs = (canvas: Canvas, accent: string): void => {
  part(
    canvas,
    both(
      stroke(
        [
          [322, 480],
          [306, 640],
        ],
        15,
        11,
      ),
    ),
    darker(accent, 0.25),
  );
  part(
    canvas,
    both(
      stroke(
        [
          [312, 400],
          [300, 470],
        ],
        17,
      ),
    ),
    accent,
  );
  part(
    canvas,
    both(
      stroke(
        [
          [288, 484],
          [256, FLOOR - 6],
        ],
        19,
        12,
      ),
    ),
    accent,
    shaded(accent, 0.12),
  );
};

const sled = (canvas: Canvas, accent: string): void => {
  part(
    canvas,
    both(
      stroke(
        [
          [300, 400],
          [276, 466],
          [252, 468],
        ],
        15,
      ),
    ),
    accent,
  );
  part(
    canvas,
    both(
      stroke(
        [
          [258, 474],
          [250, 400],
          [226, 394],
          [222, 420],
          [232, 676],
        ],
        15,
      ),
    ),
    accent,
    shaded(accent, 0.14),
  );
  part(
    canvas,
    stroke(
      [
        [232, 676],
        [250, FLOOR - 6],
        [550, FLOOR - 6],
        [568, 676],
      ],
      15,
    ),
    accent,
    shaded(accent, 0.14),
  );
  part(canvas, both(roundRect(198, 384, 62, 20, 10)), '#3a3e45');
};

/** On castors, with a writing tablet. */
export const foldingChair = (canvas: Canvas, { colour, accent = '#b9c0c6' }: Picture): void => {
  part(
    canvas,
    both(
      stroke(
        [
          [330, 486],
          [300, 636],
        ],
        13,
      ),
    ),
    darker(accent, 0.2),
  );
  for (const x of [300, 500]) castor(canvas, x, 672, 13);
  part(
    canvas,
    both(
      stroke(
        [
          [282, 486],
          [250, 654],
        ],
        17,
      ),
    ),
    accent,
    shaded(accent, 0.14),
  );
  for (const x of [250, 550]) castor(canvas, x, FLOOR);
  part(
    canvas,
    both(
      stroke(
        [
          [304, 300],
          [288, 476],
        ],
        17,
      ),
    ),
    accent,
  );
  cushion(canvas, roundRect(282, 224, 236, 160, [54, 54, 40, 40]), colour);
  part(canvas, roundRect(276, 474, 248, 26, 12), darker(colour, 0.28));
  cushion(canvas, roundRect(268, 450, 264, 40, [22, 22, 16, 16]), colour);
  part(
    canvas,
    stroke(
      [
        [548, 500],
        [590, 470],
        [588, 400],
      ],
      14,
    ),
    accent,
  );
  const tablet = polygon([452, 372], [632, 372], [656, 400], [440, 400]);
  part(canvas, tablet, '#e9dcc3', shaded('#e2cfa9', 0.12));
  part(canvas, roundRect(440, 400, 216, 9, 4), '#c9ae7d');
};
