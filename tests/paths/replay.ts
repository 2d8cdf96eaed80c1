/** Takes a path again, by the labels of its moves. */
import { type Move, movesOf } from './moves.ts';
import { begin, type Place } from './place.ts';

export const moveOf = (place: Place, label: string): Move => {
  const moves = movesOf(place);
  const found = moves.find((move) => move.label === label);
  if (!found) throw new Error(`no "${label}" here; there are: ${moves.map((move) => move.label).join('; ')}`);
  return found;
};

export const replay = (path: readonly string[], now?: number): Place =>
  path.reduce((place, label) => moveOf(place, label).take().after, begin(now));
