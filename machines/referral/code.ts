/** Referral codes: `NOOR-XXXXX` (domain 19.1). Letters that look alike are left out, and read as what they look like. */
import { toAsciiDigits } from '../language/digits.ts';

/** Domain 19.1. */
export const REFERRAL_DAYS = 90;

const PREFIX = 'NOOR-';
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 5;

/** A code from five bytes or more of a hash. */
export const codeFrom = (bytes: Uint8Array): string =>
  PREFIX +
  Array.from({ length: LENGTH }, (_, index) => LETTERS[(bytes[index] ?? 0) % LETTERS.length]).join('');

const WRITTEN = /(?<![A-Z0-9])NOOR[\s_-]{0,2}([A-Z0-9]{5})(?![A-Z0-9])/u;

/** The code in a text, in its one spelling; null: there is none. */
export const codeIn = (text: string): string | null => {
  const found = WRITTEN.exec(toAsciiDigits(text).toUpperCase())?.[1];
  return found === undefined
    ? null
    : PREFIX + found.replace(/O/g, '0').replace(/[IL]/g, '1').replace(/U/g, 'V');
};

const ABOUT =
  /\breferral\b|\brefer (?:a|my|your|some)\b|\brecommend (?:you|treejar) to (?:a|my|some)\b|\b(?:friend|invite) code\b|كود (?:ال)?(?:إحالة|احالة|دعوة|صديق)|رمز (?:ال)?(?:إحالة|احالة|دعوة)|برنامج (?:ال)?(?:إحالة|احالة)/iu;

/** The words are about recommending us: a code is written or asked for. */
export const speaksOfReferral = (text: string): boolean => codeIn(text) !== null || ABOUT.test(text);
