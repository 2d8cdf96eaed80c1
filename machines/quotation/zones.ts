/** Large quotations are read by room or department (domain 9.15). */

export interface Zone<Line> {
  /** Null: lines that belong to no room. */
  readonly name: string | null;
  readonly lines: readonly Line[];
}

/**
 * Lines by zone, in the order in which zones and lines first appear; those of no zone come last. `Reception` and
 * ` reception ` are one room, called as it was called first. Every line appears once.
 */
export const byZone = <Line extends { readonly zone: string | null }>(
  lines: readonly Line[],
): readonly Zone<Line>[] => {
  const zones = new Map<string, { name: string | null; lines: Line[] }>();
  for (const line of lines) {
    const name = line.zone?.trim().replace(/\s+/g, ' ') || null;
    const key = name?.toLowerCase() ?? '';
    const zone = zones.get(key);
    if (zone) zone.lines.push(line);
    else zones.set(key, { name, lines: [line] });
  }
  const all = [...zones.values()];
  return [...all.filter(({ name }) => name !== null), ...all.filter(({ name }) => name === null)];
};
