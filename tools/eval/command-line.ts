/** What `npm run eval -- …` was asked for. */

export const USAGE = `npm run eval [-- options]
Scripted customers play whole dialogues against the product and its vendors' doubles; rules that need no model score them.
With OPENROUTER_API_KEY set the model is the real one, and is paid.
  --a=FILE --b=FILE   two versions to compare (JSON: name, prompts, env, checkout); without --b only one is played
  --only=PART         customers whose name contains PART
  --repeats=N         plays each customer N times (1)
  --judge=K           lets the product's judge read each dialogue K times (0)
  --seed=N            of the interval (1)
  --out=FILE          writes everything as JSON`;

export interface EvalCommand {
  readonly a: string | null;
  readonly b: string | null;
  readonly only: string;
  readonly repeats: number;
  readonly judge: number;
  readonly seed: number;
  readonly out: string | null;
}

const COUNTS = { '--repeats': [1, 100], '--judge': [0, 9], '--seed': [1, 2_147_483_645] } as const;
const TEXTS = ['--a', '--b', '--only', '--out'];

/** An unknown word is a fault, never ignored. */
export const parseCommandLine = (words: readonly string[]): EvalCommand | { readonly fault: string } => {
  const given = new Map<string, string>();
  for (const word of words) {
    const [name = '', value = ''] = word.split(/=(.*)/s);
    if (!TEXTS.includes(name) && !Object.hasOwn(COUNTS, name)) return { fault: `Unknown option ${word}.` };
    if (value === '') return { fault: `${name} needs a value.` };
    given.set(name, value);
  }
  const counts = new Map<string, number>();
  for (const [name, [least, most]] of Object.entries(COUNTS)) {
    const text = given.get(name);
    const value = text === undefined ? (name === '--judge' ? 0 : 1) : Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      return { fault: `${name} is a whole number from ${least} to ${most}.` };
    counts.set(name, value);
  }
  return {
    a: given.get('--a') ?? null,
    b: given.get('--b') ?? null,
    only: given.get('--only') ?? '',
    repeats: counts.get('--repeats') ?? 1,
    judge: counts.get('--judge') ?? 0,
    seed: counts.get('--seed') ?? 1,
    out: given.get('--out') ?? null,
  };
};
