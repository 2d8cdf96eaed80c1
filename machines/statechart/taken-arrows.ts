/**
 * Which arrows of a region's picture a step went along. The journal tells where a region was before and after; in
 * between it may have passed through states that waited for nothing.
 */

export interface ChartBox {
  readonly path: string;
  /** Of a compound state: the child that it begins with. */
  readonly initial: string | null;
}

export interface ChartArrow {
  /** Null: the mark of an initial state. */
  readonly from: string | null;
  readonly to: string;
  readonly moves: readonly { readonly event: string }[];
}

export interface ChartRegion {
  readonly boxes: readonly ChartBox[];
  readonly arrows: readonly ChartArrow[];
}

/** A step passes through few states that wait for nothing; a longer way is taken for none. */
const MAX_ARROWS = 4;

/** `xstate.done.actor.send.*` stands for every child of that beginning. */
const leadsBy = (arrow: ChartArrow, event: string): boolean =>
  arrow.moves.some((move) =>
    move.event.endsWith('*') ? event.startsWith(move.event.slice(0, -1)) : move.event === event,
  );

const isInside = (leaf: string, path: string): boolean => leaf === path || leaf.startsWith(`${path}.`);

/** The leaf that is entered with a state. */
const leafOf = (region: ChartRegion, path: string): string => {
  const initial = region.boxes.find((box) => box.path === path)?.initial ?? null;
  return initial === null ? path : leafOf(region, initial);
};

/**
 * Indices into `region.arrows`, in the order taken; empty when the picture shows no way. The shortest way counts, and
 * among equals the one that begins with the event itself.
 *
 * @param from the region's leaf before the step
 * @param to its leaf after it
 */
export const takenArrows = (
  region: ChartRegion,
  from: string,
  to: string,
  event: string,
): readonly number[] => {
  const ways: (readonly [leaf: string, arrows: readonly number[]])[] = [[from, []]];
  const seen = new Set<string>();
  for (const [leaf, arrows] of ways) {
    if (arrows.length === MAX_ARROWS) continue;
    const out = region.arrows
      .map((arrow, index) => ({ arrow, index }))
      .filter(({ arrow }) => arrow.from !== null && isInside(leaf, arrow.from))
      .sort((left, right) => Number(leadsBy(right.arrow, event)) - Number(leadsBy(left.arrow, event)));
    for (const { arrow, index } of out) {
      const reached = leafOf(region, arrow.to);
      // Coming back to where it was takes the event itself; anything else would be a detour.
      if (from === to && !leadsBy(arrow, event)) continue;
      if (reached === to || arrow.to === to) return [...arrows, index];
      if (seen.has(reached)) continue;
      seen.add(reached);
      ways.push([reached, [...arrows, index]]);
    }
  }
  return [];
};

/** The leaf of a region among a snapshot's leaves; null: the region is not there. */
export const leafIn = (states: readonly string[], region: string): string | null =>
  states.find((path) => isInside(path, region)) ?? null;
