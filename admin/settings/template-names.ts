/** Which templates a setting asks for, in the order of the form: the names that the server takes (domain 17.3, 18). Pure. */

export interface TemplateName {
  /** `quiet.2.en`. */
  readonly name: string;
  readonly what: 'followUp' | 'quiet' | 'agreed' | 'any' | 'silence';
  /** Of a follow-up its number, of a silence its days; 0 where there is no such thing. */
  readonly step: number;
  readonly language: 'en' | 'ar';
}

const named = (
  what: TemplateName['what'],
  steps: readonly number[],
  nameOf: (step: number, language: string) => string,
): readonly TemplateName[] =>
  steps.flatMap((step) =>
    (['en', 'ar'] as const).map((language) => ({ name: nameOf(step, language), what, step, language })),
  );

const PLAIN = named('any', [0], (_, language) => language);

const NAMES: Readonly<Record<string, readonly TemplateName[]>> = {
  'followUps.templates': [
    ...named('followUp', [1, 2, 3], (step, language) => `${step}.${language}`),
    ...named('quiet', [1, 2, 3], (step, language) => `quiet.${step}.${language}`),
    ...named('agreed', [0], (_, language) => `agreed.${language}`),
  ],
  'paymentReminders.templates': PLAIN,
  'feedback.templates': PLAIN,
  'reactivation.templates': named('silence', [30, 90], (step, language) => `${step}.${language}`),
};

/** Null: the setting holds no templates. */
export const templateNamesOf = (path: string): readonly TemplateName[] | null => NAMES[path] ?? null;

/** A chosen template and what fills its blanks, in order: words, or `{{name}}`, `{{number}}` … */
export interface TemplateChoice {
  readonly id: string;
  readonly values: readonly string[];
}

export type TemplateMap = Readonly<Record<string, TemplateChoice>>;

/** So many values as the template has blanks; those written already stay. */
export const fitted = (values: readonly string[], blanks: number): readonly string[] =>
  Array.from({ length: blanks }, (_, at) => values[at] ?? '');

/** The map with another choice for a name; null takes it out. */
export const withChoice = (map: TemplateMap, name: string, choice: TemplateChoice | null): TemplateMap => {
  const { [name]: _, ...others } = map;
  return choice === null ? others : { ...others, [name]: choice };
};
