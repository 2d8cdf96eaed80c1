/** One spelling for every way an article number is written (domain 12.11, lesson F-11). */
import { toAsciiDigits } from '../language/digits.ts';

/** Letters that look Latin and are not: customers copy them from price lists, and seven catalog SKUs begin with one. */
const LOOK_ALIKES = new Map([
  ...pair('АВЕЁКМНОРСТУХІЈЅԚԜ', 'ABEEKMHOPCTYXIJSQW'),
  ...pair('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ', 'ABEZHIKMNOPTYXC'),
]);

function pair(from: string, to: string): [string, string][] {
  return [...from].map((char, i) => [char, to.charAt(i)]);
}

const FULLWIDTH_A = 0xff21;
const FULLWIDTH_Z = 0xff3a;
const FULLWIDTH_OFFSET = 0xfee0;

/** Upper case, Latin look-alikes, ASCII digits. One UTF-16 unit stays one, so that indexes stay valid. */
export const foldSku = (text: string): string =>
  toAsciiDigits(text).replace(/[a-z\u0080-\uffff]/g, (char) => {
    const upper = char.toUpperCase();
    if (upper.length !== 1) return char;
    const code = upper.charCodeAt(0);
    if (code >= FULLWIDTH_A && code <= FULLWIDTH_Z) return String.fromCharCode(code - FULLWIDTH_OFFSET);
    return LOOK_ALIKES.get(upper) ?? upper;
  });

/** The matching key (domain 12.3): letters and digits only, folded. `CH-616`, `ch 616` and Cyrillic `СН616` are one. */
export const normaliseSku = (text: string): string => foldSku(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** Runs of letters and runs of digits: `CH-616BLK` is `CH 616 BLK`, `9719-4` is `9719 4`. */
export const skuTokens = (text: string): readonly string[] => foldSku(text).match(/\p{N}+|\p{L}+/gu) ?? [];

export const isNumeric = (token: string): boolean => /^\p{N}+$/u.test(token);

/** Token lists as map keys; no token holds a space. */
export const tokenKey = (tokens: readonly string[]): string => tokens.join(' ');
