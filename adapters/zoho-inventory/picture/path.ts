/** Outlines of shapes on the canvas: x to the right, y down, in pixels of an 800 × 800 picture. */

export type Point = readonly [x: number, y: number];
/** Closed outlines; together they are one shape, their union. */
export type Path = readonly (readonly Point[])[];

const ARC_STEPS = 14;

export const polygon = (...points: readonly Point[]): Path => [points];

export const rect = (x: number, y: number, width: number, height: number): Path =>
  polygon([x, y], [x + width, y], [x + width, y + height], [x, y + height]);

/** Corners may differ: top left, top right, bottom right, bottom left. */
export const roundRect = (
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number | readonly [number, number, number, number],
): Path => {
  const most = Math.min(width, height) / 2;
  const radii = typeof radius === 'number' ? [radius, radius, radius, radius] : radius;
  const [tl = 0, tr = 0, br = 0, bl = 0] = radii.map((r) => Math.min(r, most));
  return [
    [
      ...corner(x + tl, y + tl, tl, 180),
      ...corner(x + width - tr, y + tr, tr, 270),
      ...corner(x + width - br, y + height - br, br, 0),
      ...corner(x + bl, y + height - bl, bl, 90),
    ],
  ];
};

const corner = (cx: number, cy: number, r: number, from: number): Point[] =>
  r === 0 ? [[cx, cy]] : arcPoints(cx, cy, r, r, from, from + 90, ARC_STEPS);

export const ellipse = (cx: number, cy: number, rx: number, ry: number = rx): Path => [
  arcPoints(cx, cy, rx, ry, 0, 360, ARC_STEPS * 5),
];

/** Points of an elliptic arc, degrees, clockwise on the screen. */
export const arcPoints = (
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  from: number,
  to: number,
  steps: number = ARC_STEPS * 2,
): Point[] =>
  Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });

/** A cubic curve's points, without the first. */
export const curve = (
  from: Point,
  control1: Point,
  control2: Point,
  to: Point,
  steps: number = 24,
): Point[] =>
  Array.from({ length: steps }, (_, i) => {
    const t = (i + 1) / steps;
    const u = 1 - t;
    const at = (k: 0 | 1): number =>
      u ** 3 * from[k] + 3 * u * u * t * control1[k] + 3 * u * t * t * control2[k] + t ** 3 * to[k];
    return [at(0), at(1)];
  });

/** A line of some width through the points, with round ends and joints; it may taper to `endWidth`. */
export const stroke = (points: readonly Point[], width: number, endWidth: number = width): Path => {
  const widthAt = (i: number): number => width + ((endWidth - width) * i) / Math.max(1, points.length - 1);
  const dots = points.map(([x, y], i) => arcPoints(x, y, widthAt(i) / 2, widthAt(i) / 2, 0, 360, 20));
  const segments = points
    .slice(1)
    .map((to, i) => segment(points[i] ?? to, to, widthAt(i) / 2, widthAt(i + 1) / 2));
  return [...segments, ...dots];
};

const segment = (from: Point, to: Point, half: number, endHalf: number): Point[] => {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const [nx, ny] = [-(to[1] - from[1]) / length, (to[0] - from[0]) / length];
  return [
    [from[0] + nx * half, from[1] + ny * half],
    [to[0] + nx * endHalf, to[1] + ny * endHalf],
    [to[0] - nx * endHalf, to[1] - ny * endHalf],
    [from[0] - nx * half, from[1] - ny * half],
  ];
};

/** The same shape on the other side of the picture's middle. */
export const mirrored = (path: Path, middle: number = 400): Path =>
  path.map((outline) => outline.map(([x, y]): Point => [2 * middle - x, y]));

/** The shape and its mirror image. */
export const both = (path: Path, middle: number = 400): Path => [...path, ...mirrored(path, middle)];
