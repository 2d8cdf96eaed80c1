/** What a tool's result recommends beside what was asked: its products are evidence like any other (domain 9.6). */
import type { EvidenceProduct } from '../conversation/context/evidence.ts';
import type { Difference } from './alternatives.ts';
import type { Shortage } from './shortage.ts';

export interface ProposedAlternative {
  /** The article that cannot be had as wanted; the customer's words where no article was named. */
  readonly for: string;
  readonly product: EvidenceProduct;
  readonly difference: Difference;
  readonly coversAll: boolean;
  /** Nothing was found within the customer's limit; the difference in price is against the limit (domain 5.21). */
  readonly overLimit?: true;
}

export interface ProposedComplement {
  /** The chosen article that it goes with. */
  readonly for: string;
  readonly product: EvidenceProduct;
  readonly quantity: number;
}

export interface Recommended {
  readonly alternatives?: readonly ProposedAlternative[];
  readonly complement?: ProposedComplement;
  readonly shortages?: readonly Shortage[];
}

export const recommendedProducts = (recommended: Recommended | undefined): readonly EvidenceProduct[] => [
  ...(recommended?.alternatives ?? []).map(({ product }) => product),
  ...(recommended?.complement ? [recommended.complement.product] : []),
];

/** As the model reads it: facts, and what may be done with them (domain 12.8, 13.1, 13.2). */
export const recommendedAnswer = (recommended: Recommended | undefined): object => {
  const { alternatives = [], complement, shortages = [] } = recommended ?? {};
  return {
    ...(shortages.length === 0
      ? {}
      : {
          shortages,
          shortage_note:
            'Say how many there are. Propose what is available now and the rest later, when a colleague has confirmed it, or an alternative.',
        }),
    ...(alternatives.length === 0
      ? {}
      : {
          alternatives,
          alternatives_note: alternatives.some(({ overLimit }) => overLimit)
            ? 'Nothing was found within the limit. Say so first; name these only as dearer options above it.'
            : 'Call them alternatives and say how they differ. Do not present them as what was asked for.',
        }),
    ...(complement === undefined
      ? {}
      : {
          complement,
          complement_note: 'May be offered in one sentence, once; not when the customer wants nothing else.',
        }),
  };
};
