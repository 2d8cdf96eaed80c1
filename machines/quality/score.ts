/**
 * The score of a dialogue, 0 to 30 (domain 6.3-6.7): computed here from the judge's fifteen marks, whose own arithmetic
 * is never asked for. Only rules that apply count.
 */
import { BLOCKS, type Block, type BlockName, FULL_SCORE, type RuleNumber, TOTAL_POINTS } from './rubric.ts';
import { PARTS, toTenth } from './tenths.ts';

export type Mark = 0 | 1 | 2;

/** One mark for each rule, whether it applies or not. */
export type Marks = Readonly<Record<RuleNumber, Mark>>;

/** Domain 6.5: with less than this a score is not published as a normal one. */
export const MIN_RULES = 5;
export const MIN_BLOCKS = 3;

export interface BlockScore {
  readonly name: BlockName;
  readonly title: string;
  /** Of thirty, after rescaling; one decimal. Null: no rule of the block applies, which is not the same as 0. */
  readonly points: number | null;
  /** The most that this block could reach. */
  readonly ceiling: number | null;
  readonly applicable: readonly RuleNumber[];
}

export interface Coverage {
  readonly rules: number;
  readonly blocks: number;
  /** False: too little happened; the score is shown, but counts in no mean and gets no rating. */
  readonly isEnough: boolean;
}

export interface DialogueScore {
  /** 0 to 30, one decimal. */
  readonly total: number;
  /** The most that this dialogue could reach; printed beside the total (domain 6.6). */
  readonly ceiling: number;
  readonly blocks: readonly BlockScore[];
  readonly coverage: Coverage;
}

/** A block's share in exact {@link PARTS}; `weight` is its own, before rescaling. */
interface Part {
  readonly block: Block;
  readonly applicable: readonly RuleNumber[];
  readonly earned: number;
  readonly reachable: number;
}

export const scoreDialogue = (marks: Marks, applicable: readonly RuleNumber[]): DialogueScore => {
  const inBlock = (block: Block) => block.rules.filter((rule) => applicable.includes(rule));
  const present = BLOCKS.filter((block) => inBlock(block).length > 0);
  const rules = present.reduce((sum, block) => sum + inBlock(block).length, 0);
  const isEnough = rules >= MIN_RULES && present.length >= MIN_BLOCKS;
  const parts = present.map((block): Part => {
    const counted = inBlock(block);
    // Low coverage: unused rules of a present block stay in its denominator (domain 6.5).
    const among = (isEnough ? counted : block.rules).length;
    const unit = (PARTS * block.weight) / (FULL_SCORE * among);
    const earned = counted.reduce((sum, rule) => sum + marks[rule], 0) * unit;
    return { block, applicable: counted, earned, reachable: counted.length * FULL_SCORE * unit };
  });
  const weights = present.reduce((sum, block) => sum + block.weight, 0);
  const scale = isEnough ? { up: TOTAL_POINTS, down: PARTS * weights } : { up: 1, down: PARTS };
  const pointsOf = (partsOfPoint: number) => toTenth(partsOfPoint * scale.up, scale.down);
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    total: parts.length === 0 ? 0 : pointsOf(sum(({ earned }) => earned)),
    ceiling: parts.length === 0 ? 0 : pointsOf(sum(({ reachable }) => reachable)),
    blocks: BLOCKS.map(({ name, title }) => {
      const part = parts.find(({ block }) => block.name === name);
      return {
        name,
        title,
        points: part ? pointsOf(part.earned) : null,
        ceiling: part ? pointsOf(part.reachable) : null,
        applicable: part?.applicable ?? [],
      };
    }),
    coverage: { rules, blocks: present.length, isEnough },
  };
};
