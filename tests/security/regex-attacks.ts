/**
 * Hostile texts for one regular expression, made of its own parts: what a loop in it eats, repeated, after what gets the
 * matcher there and before what it cannot end with. No proof, but each quadratic and exponential kind is among them.
 */

/** One position of a pattern: a class, an escape or a character. Groups, anchors and quantifiers are none. */
const ATOM =
  /\[\^?(?:\\.|[^\]\\])*\]|\\p\{[^}]*\}|\\u\{[0-9a-fA-F]+\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\k<\w+>|\\.|[^\\()|?*+^$[\]{}]/gsu;

/** Of these, those that a position takes are its samples: one of each kind of writing that the product reads. */
const ALPHABET = [...'a1 ,.-/:@#%+"\'()[]{}<>=&*_|!?;~`^$\\\t\n\u00a0Zé\u0645\u0661\u0416\u2013'];

const MAX_ATOMS = 60;
const SAMPLES_PER_ATOM = 2;

const samplesOf = (atom: string, flags: string): readonly string[] => {
  if (/^[^\\[.]$/u.test(atom)) return [atom];
  let one: RegExp;
  try {
    one = new RegExp(`^(?:${atom})$`, flags.replaceAll(/[gy]/g, ''));
  } catch {
    return [];
  }
  return ALPHABET.filter((char) => one.test(char)).slice(0, SAMPLES_PER_ATOM);
};

/** Without look-around marks, names of groups and counts, which hold characters that are no positions. */
const bare = (source: string): string =>
  source.replaceAll(/\(\?(?:[:=!]|<[=!]|<\w+>)/g, '(').replaceAll(/\{\d+,?\d*\}/g, '');

/** What is repeated: single samples, neighbours, and runs of plain characters with a blank behind. */
const pumpsOf = (source: string, flags: string): readonly string[] => {
  const atoms = [...bare(source).matchAll(ATOM)].map(([atom]) => atom);
  const samples = atoms.slice(0, MAX_ATOMS).map((atom) => samplesOf(atom, flags));
  const firsts = samples.map(([first = '']) => first);
  const words =
    bare(source)
      .match(/[\p{L}\p{N}]{2,}/gu)
      ?.slice(0, 12) ?? [];
  return [
    ...new Set([
      ...samples.flat(),
      ...firsts.flatMap((first, i) => [`${first}${firsts[i + 1] ?? ''}`, `${first} `]),
      ...firsts.map((_, i) => firsts.slice(i, i + 3).join('')),
      ...words.flatMap((word) => [word, `${word} `]),
      firsts.join(''),
    ]),
  ].filter((pump) => pump !== '');
};

export interface Attack {
  readonly prefix: string;
  readonly pump: string;
  readonly suffix: string;
}

/** At most so many for one expression (G10). */
const MAX_ATTACKS = 50;

export const attacksOn = (source: string, flags: string): readonly Attack[] => {
  const pumps = pumpsOf(source, flags);
  const heads = ['', ...new Set(pumps.slice(0, 3))];
  return pumps
    .flatMap((pump) => heads.map((prefix) => ({ prefix, pump, suffix: '\u0001' })))
    .slice(0, MAX_ATTACKS);
};

/** The attack as a text of about `chars` characters. */
export const textOf = ({ prefix, pump, suffix }: Attack, chars: number): string =>
  `${prefix}${pump.repeat(Math.ceil(chars / pump.length))}${suffix}`;

/** Whether there is a loop without a bound, or one with a wide bound, in it: without one no text takes long. */
export const canLoop = (source: string): boolean => {
  const plain = source.replaceAll(/\\./gsu, 'x').replaceAll(/\[[^\]]*\]/g, 'x');
  return /[*+]|\{\d+,(?:\d{2,})?\}/.test(plain);
};
