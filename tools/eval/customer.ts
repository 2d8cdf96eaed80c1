/** What a scripted customer writes next. Pure: the same replies lead to the same words. */
import { FACTS, type Fact, type Language, type Persona } from './persona.ts';

export interface CustomerState {
  /** Sentences of the script that were said. */
  readonly said: number;
  /** Facts that were given, in the order in which they were. */
  readonly given: readonly Fact[];
  /** Facts that were asked for again after they had been given (domain 3.6). */
  readonly askedAgain: readonly Fact[];
}

export const START: CustomerState = { said: 0, given: [], askedAgain: [] };

/** A question for the fact, in the words that sellers use. */
const ASKS: Readonly<Record<Language, Readonly<Record<Fact, RegExp>>>> = {
  en: {
    name: /your (?:full )?name|address you|who (?:am I|is this)|call you\?/i,
    company: /compan(?:y|ies)|individual/i,
    email: /e-?mail/i,
    address: /\baddress\b(?! you)|where .{0,20}deliver/i,
  },
  ar: {
    name: /اسمك|اسم[كه]? الكريم|أناديك/,
    company: /شركة|شركتك|فرد/,
    email: /بريد|إيميل|ايميل/,
    address: /عنوان/,
  },
};

/** Only sentences that ask: a paper's description names the same things. */
const questionsIn = (text: string): string =>
  text
    .split(/(?<=[.!?؟\n])/u)
    .filter((sentence) =>
      /[?؟]|please (?:send|share|tell)|could you|may I|I (?:still )?need|أحتاج|أرسل|من فضلك/iu.test(sentence),
    )
    .join('\n');

export const askedFor = (reply: string, language: Language): readonly Fact[] => {
  const questions = questionsIn(reply);
  return FACTS.filter((fact) => ASKS[language][fact].test(questions));
};

const SENTENCES: Readonly<Record<Language, Readonly<Record<Fact, (value: string) => string>>>> = {
  en: {
    name: (value) => `My name is ${value}`,
    company: (value) => `The company is ${value}`,
    email: (value) => `My e-mail is ${value}`,
    address: (value) => `The delivery address is ${value}`,
  },
  ar: {
    name: (value) => `اسمي ${value}`,
    company: (value) => `الشركة هي ${value}`,
    email: (value) => `بريدي ${value}`,
    address: (value) => `عنوان التوصيل ${value}`,
  },
};
const PRESSING: Readonly<Record<Language, string>> = { en: 'Quickly please. ', ar: 'بسرعة لو سمحت. ' };

const answerWith = ({ facts, language, temper }: Persona, asked: readonly Fact[]): string => {
  const told = asked.map((fact) => [fact, facts[fact] ?? ''] as const);
  if (temper === 'brief') return told.map(([, value]) => value).join('\n');
  return told.map(([fact, value]) => SENTENCES[language][fact](value)).join('\n');
};

export interface Next {
  /** Null: the customer has nothing more to say. */
  readonly words: string | null;
  readonly state: CustomerState;
}

const opening = (persona: Persona): string => {
  const [first = ''] = persona.says;
  return persona.temper === 'impatient' && persona.wants.owner === 'bot'
    ? `${PRESSING[persona.language]}${first}`
    : first;
};

/** `reply`: everything that came since the customer wrote; null at the start. */
export const nextWords = (persona: Persona, state: CustomerState, reply: string | null): Next => {
  if (reply === null) return { words: opening(persona), state: { ...state, said: 1 } };
  const asked = askedFor(reply, persona.language).filter((fact) => persona.facts[fact] !== undefined);
  const fresh = asked.filter((fact) => !state.given.includes(fact));
  const askedAgain = [...state.askedAgain, ...asked.filter((fact) => state.given.includes(fact))];
  if (fresh.length > 0) {
    return {
      words: answerWith(persona, fresh),
      state: { ...state, given: [...state.given, ...fresh], askedAgain },
    };
  }
  const words = persona.says[state.said] ?? null;
  return { words, state: { ...state, said: state.said + (words === null ? 0 : 1), askedAgain } };
};
