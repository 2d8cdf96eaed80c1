/** Colours as the drawings use them. */

/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Reads `#rrggbb`. */
export const rgb = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
};

const hexOf = (colour: readonly number[]): string =>
  `#${colour.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;

/** `share` of 0 is `a`, of 1 is `b`. */
export const mix = (a: string, b: string, share: number): string => {
  const [from, to] = [rgb(a), rgb(b)];
  return hexOf(from.map((channel, i) => channel + ((to[i] ?? 0) - channel) * share));
};

export const lighter = (colour: string, share: number): string => mix(colour, '#ffffff', share);
export const darker = (colour: string, share: number): string => mix(colour, '#14161a', share);

/** True for colours on which a dark line is needed to see an edge. */
export const isPale = (colour: string): boolean => {
  const [r, g, b] = rgb(colour);
  return 0.3 * r + 0.59 * g + 0.11 * b > 200;
};
