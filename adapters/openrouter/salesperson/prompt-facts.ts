/** What the system messages say about this conversation: names, language, allowed question, what is already known. */
import type { Language } from './move.ts';

export interface KnownItem {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
}

export interface OpenQuestion {
  readonly kind: 'quantity' | 'variant';
  readonly options: readonly { readonly sku: string; readonly name: string }[];
}

export interface PromptFacts {
  readonly assistantName: string;
  readonly companyName: string;
  /** The language the prompt demands; `null` when it leaves it open. */
  readonly language: Language | null;
  /** Whether this is the first reply; `null` when the prompt does not say. */
  readonly first: boolean | null;
  /** The personal question this turn may ask; `undefined` when the prompt does not say. */
  readonly mayAsk: 'name' | 'company' | null | undefined;
  /** A quotation was sent and waits for an answer. */
  readonly quoted: boolean;
  /** A quotation is being made at this moment: its details are settled. */
  readonly quoting: boolean;
  /** What the prompt says a wanted quotation still lacks, as it is worded there. */
  readonly missing: readonly string[];
  /** The customer speaks of something else than what it lacks: it is not asked for again now. */
  readonly offQuotation: boolean;
  /** A question about the order that waits through interruptions (lesson F-02). */
  readonly open: OpenQuestion | null;
  readonly known: Readonly<Record<string, string>>;
  readonly selection: readonly KnownItem[];
}

export const readPrompt = (system: string): PromptFacts => {
  const names = /You are (.+?), the sales assistant of (.+?)(?:,|\.|\n|$)/.exec(system);
  return {
    assistantName:
      names?.[1] ?? named(system, /(?:your|assistant'?s?) name (?:is|:) ?["“]?([\p{L} ]+)/iu) ?? 'Noor',
    companyName: names?.[2] ?? named(system, /company(?:'s)? name (?:is|:) ?["“]?([\p{L} ]+)/iu) ?? 'Treejar',
    language: languageOf(system),
    first: /this is your first reply/i.test(system)
      ? true
      : /already introduced yourself/i.test(system)
        ? false
        : null,
    mayAsk: mayAskOf(system),
    quoted: /^Quotation \S+ .*\bwas sent\b/m.test(system),
    quoting: /^The quotation is being made right now/m.test(system),
    missing: missingOf(system),
    offQuotation: /^Ask at most .*Do not ask again for the details of the quotation/m.test(system),
    open: openOf(system),
    known: knownFacts(system),
    selection: selectionOf(system),
  };
};

const named = (text: string, at: RegExp): string | undefined => at.exec(text)?.[1]?.trim();

const missingOf = (system: string): readonly string[] =>
  (/Still missing for it: (.+?)\. (?:Say once|They were asked)/.exec(system)?.[1] ?? '')
    .split('; ')
    .filter((piece) => piece !== '');

/** `Breeze, black (CH-616-BLK)`. */
const NAMED = /^(.+) \(([^()]+)\)$/;

const openOf = (system: string): OpenQuestion | null => {
  const many = /^Open question: how many of (.+\([^()]+\))\?/m.exec(system)?.[1];
  const which = /^Open question: which one is meant by ".*?": (.+?)\? Never/m.exec(system)?.[1];
  const options = (many ?? which ?? '').split('; ').flatMap((item) => {
    const match = NAMED.exec(item);
    return match ? [{ name: match[1] ?? '', sku: match[2] ?? '' }] : [];
  });
  return options.length === 0 ? null : { kind: many ? 'quantity' : 'variant', options };
};

const languageOf = (system: string): Language | null => {
  const last = [...system.matchAll(/Answer in (Arabic|English) only/gi)].at(-1)?.[1]?.toLowerCase();
  return last === 'arabic' ? 'ar' : last === 'english' ? 'en' : null;
};

const mayAskOf = (system: string): PromptFacts['mayAsk'] => {
  if (/you may ask how to address the customer/i.test(system)) return 'name';
  if (/you may ask which company/i.test(system)) return 'company';
  return /do not ask for the customer/i.test(system) ? null : undefined;
};

/** The lines of a list below a title, without their dashes. */
const listBelow = (system: string, title: RegExp): readonly string[] => {
  const lines = system.split('\n');
  const start = lines.findIndex((line) => title.test(line));
  if (start === -1) return [];
  const list = lines.slice(start + 1);
  const end = list.findIndex((line) => !line.startsWith('- '));
  return (end === -1 ? list : list.slice(0, end)).map((line) => line.slice(2));
};

const knownFacts = (system: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    listBelow(system, /^Known about the customer:/).flatMap((line) => {
      const match = /^(\w+): (.+)$/.exec(line);
      return match ? [[match[1] ?? '', match[2] ?? '']] : [];
    }),
  );

/** `4 x Ergo chair (CH-616) at 450.00 AED = 1800.00`. */
const selectionOf = (system: string): readonly KnownItem[] =>
  listBelow(system, /^The customer.s selection so far:/).flatMap((line) => {
    const match = /^(\d+) x (.+) \(([^()]+)\)(?: at |$)/.exec(line);
    return match ? [{ quantity: Number(match[1]), name: match[2] ?? '', sku: match[3] ?? '' }] : [];
  });
