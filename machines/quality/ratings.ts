/** What a score is called (domain 6.9, 7.3). */
import type { DialogueScore } from './score.ts';

export type Rating = 'excellent' | 'good' | 'satisfactory' | 'poor';

/** Null where too little happened to judge (domain 6.5). */
export const dialogueRating = ({ total, coverage }: DialogueScore): Rating | null => {
  if (!coverage.isEnough) return null;
  if (total >= 26) return 'excellent';
  if (total >= 20) return 'good';
  return total >= 14 ? 'satisfactory' : 'poor';
};

/** Of a manager's whole points, 0 to 20. */
export const managerRating = (points: number): Rating => {
  if (points >= 17) return 'excellent';
  if (points >= 13) return 'good';
  return points >= 9 ? 'satisfactory' : 'poor';
};
