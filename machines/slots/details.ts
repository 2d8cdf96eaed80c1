/**
 * Reads what a customer says about themselves, against the question that was asked (domain 9.3, lesson F-05). One reader
 * for every form: labelled, prose, one per line, separated by slashes, or the bare answer.
 */

import { findEmail } from './contacts.ts';
import { type Confidence, type Detail, type DetailSlot, tidy } from './detail.ts';
import { readLabelled } from './labelled.ts';
import { partsOf, readParts, suits } from './parts.ts';
import { readProse } from './prose.ts';

export type { Confidence, Detail, DetailSlot } from './detail.ts';

export interface ReadDetails {
  /** At most one for each slot, the surest first found. */
  readonly details: readonly Detail[];
  /** Something was only guessed: read it back once before it is used (domain 9.3). */
  readonly needsReadBack: boolean;
}

const MAX_DETAILS_CHARS = 2000;
const SURENESS: Readonly<Record<Confidence, number>> = { stated: 2, likely: 1, guess: 0 };

/**
 * `askedFor`: the slots that our last message asked for, in its order; empty when it asked for none. A later vague text
 * must not replace a stated company: compare `confidence` before merging.
 */
export const readDetails = (text: string, askedFor: readonly DetailSlot[] = []): ReadDetails => {
  const said = text.slice(0, MAX_DETAILS_CHARS);
  const labelled = readLabelled(said);
  const found = labelled.length > 0 ? [...labelled, ...mailOf(said)] : unlabelled(said, askedFor);
  const best = new Map<DetailSlot, Detail>();
  for (const detail of found) {
    const known = best.get(detail.slot);
    if (!known || SURENESS[detail.confidence] > SURENESS[known.confidence]) best.set(detail.slot, detail);
  }
  // A company and "as an individual" exclude each other: the surer one stays, the company when equal.
  const [company, individual] = [best.get('company'), best.get('individual')];
  if (company && individual) {
    best.delete(SURENESS[individual.confidence] > SURENESS[company.confidence] ? 'company' : 'individual');
  }
  const details = [...best.values()];
  return { details, needsReadBack: details.some(({ confidence }) => confidence === 'guess') };
};

const mailOf = (text: string): readonly Detail[] => {
  const email = findEmail(text);
  return email === null ? [] : [{ slot: 'email', value: email, confidence: 'stated' }];
};

const unlabelled = (text: string, askedFor: readonly DetailSlot[]): readonly Detail[] => {
  const prose = readProse(text);
  const parts = partsOf(text);
  if (parts)
    return [
      ...prose,
      ...readParts(
        parts,
        askedFor.filter((slot) => !prose.some((known) => known.slot === slot)),
      ),
    ];
  return prose.length > 0 ? prose : bareAnswer(text, askedFor);
};

/** The answer to the first question it suits. */
const bareAnswer = (text: string, askedFor: readonly DetailSlot[]): readonly Detail[] => {
  const value = tidy(text);
  if (value === null || /[?؟]/.test(text)) return [];
  const slot = askedFor.find((asked) => suits(value, asked));
  if (slot === undefined) return [];
  return [
    {
      slot,
      value: slot === 'individual' ? 'yes' : value,
      confidence: askedFor.length === 1 ? 'likely' : 'guess',
    },
  ];
};
