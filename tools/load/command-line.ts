/** What `npm run load -- …` was asked for. */
import type { Range } from './latencies.ts';

export interface CommandLine {
  /** One run for each. */
  readonly dialogues: readonly number[];
  readonly minutes: number;
  /** Seconds between a reply and the next words. */
  readonly thinkSeconds: Range;
  readonly cores: string | null;
  /** Minutes of a soak instead; null: none. */
  readonly soak: number | null;
  /** Webhooks of a flood instead; null: none. */
  readonly overload: number | null;
  readonly format: 'text' | 'markdown';
}

export const USAGE = `npm run load [-- --dialogues=100,500,1000] [--minutes=3] [--think=20-60] [--cores=0] [--markdown]
npm run load -- --soak=30 [--dialogues=50]      thirty minutes, memory, tables and handles at start, middle and end
npm run load -- --overload=20000                so many webhooks at once: what is turned away, and how soon it is over
--cores: as taskset names them; "all" for no limit`;

const DEFAULTS: CommandLine = {
  dialogues: [100, 500, 1000],
  minutes: 3,
  thinkSeconds: [20, 60],
  cores: '0',
  soak: null,
  overload: null,
  format: 'text',
};
/** Of a soak, unless told otherwise. */
const SOAK_DIALOGUES = 50;

type Taken = Partial<CommandLine> | null;

const whole = (text: string): number | null => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : null);

const OPTIONS: Readonly<Record<string, (value: string) => Taken>> = {
  dialogues: (value) => {
    const counts = value.split(',').map(whole);
    return counts.every((count) => count !== null) ? { dialogues: counts } : null;
  },
  minutes: (value) => {
    const minutes = Number(value);
    return minutes > 0 && minutes <= 600 ? { minutes } : null;
  },
  think: (value) => {
    const [least, most] = value.split('-').map(Number);
    if (least === undefined || most === undefined || !(least >= 0 && most >= least)) return null;
    return { thinkSeconds: [least, most] };
  },
  cores: (value) => (/^(all|[\d,-]+)$/.test(value) ? { cores: value === 'all' ? null : value } : null),
  soak: (value) => {
    const soak = whole(value);
    return soak === null ? null : { soak };
  },
  overload: (value) => {
    const overload = whole(value);
    return overload === null ? null : { overload };
  },
};

/** Options in any order, `--name=value` or `--name value`; an unknown word is a fault, never ignored. */
export const parseCommandLine = (words: readonly string[]): CommandLine | { readonly fault: string } => {
  let parsed: Partial<CommandLine> = {};
  const left = words.flatMap((word) => (word.startsWith('--') ? word.split('=', 2) : [word]));
  while (left.length > 0) {
    const word = left.shift() ?? '';
    if (word === '--markdown') {
      parsed = { ...parsed, format: 'markdown' };
      continue;
    }
    const option = word.startsWith('--') ? OPTIONS[word.slice(2)] : undefined;
    if (!option) return { fault: `Unknown option ${word}.` };
    const taken = option(left.shift() ?? '');
    if (taken === null) return { fault: `${word} does not fit.` };
    parsed = { ...parsed, ...taken };
  }
  const dialogues = parsed.soak ? [SOAK_DIALOGUES] : DEFAULTS.dialogues;
  return { ...DEFAULTS, dialogues, ...parsed };
};
