/**
 * Does the adapted answer say what the manager wrote, and nothing else? Wording may change; figures, article numbers,
 * links and addresses may not, in either direction. What is not faithful is not sent: the manager's own words are.
 */
import { ADDRESS } from '../../language/addresses.ts';
import { toAsciiDigits } from '../../language/digits.ts';
import { speaksOnly } from '../../language/language.ts';
import type { Language } from '../context.ts';

/** A polite sentence more is fine, a story is not. */
const LONGER_BY = 3;
const ROOM_CHARS = 200;

/** True when `adapted` may go out in place of `draft`. */
export const isFaithful = (draft: string, adapted: string, language: Language): boolean =>
  adapted.trim() !== '' &&
  adapted.length <= draft.length * LONGER_BY + ROOM_CHARS &&
  speaksOnly(adapted, language) &&
  sameMembers(figures(draft), figures(adapted)) &&
  sameMembers(addresses(draft), addresses(adapted));

/** Figures as one would compare them: `1,250.00` and `١٬٢٥٠` are the same, `12.50` is not; `15/3` and `15-3` are. */
const figures = (text: string): ReadonlySet<string> =>
  new Set(
    [...toAsciiDigits(text.replace(ADDRESS, ' ')).matchAll(/\d[\d,.:/-]*/g)].map((match) =>
      match[0]
        .replace(/(?<![,.:/-])[,.:/-]+$/, '')
        .replace(/,(?=\d{3})/g, '')
        .replace(/\.00?$/, '')
        .replace(/[:/-]/g, '|'),
    ),
  );

const addresses = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(ADDRESS)].map((match) =>
      match[0].toLowerCase().replace(/(?<![.,;:!?)])[.,;:!?)]+$/, ''),
    ),
  );

const sameMembers = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((member) => b.has(member));
