/** The sandbox account's templates: those that domain 17.11 wants before go-live, and one with blanks. */
import { countBlanks, fillTemplate } from './templates.ts';

export interface SandboxTemplate {
  readonly templateGuid: string;
  readonly name: string;
  readonly title: string;
  readonly language: string;
  readonly status: string;
  readonly components: readonly { readonly type: string; readonly text?: string }[];
}

const template = (number: number, name: string, language: string, text: string): SandboxTemplate => ({
  templateGuid: `0a1b2c3d-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`,
  name,
  title: name.replaceAll('_', ' '),
  language,
  status: 'approved',
  components: [{ type: 'BODY', text }],
});

/** What the account has unless a test brings its own. */
export const SAMPLE_TEMPLATES: readonly SandboxTemplate[] = [
  template(1, 'follow_up_2', 'en', 'Hello! We can adjust your office furniture quotation. Shall we go on?'),
  template(2, 'follow_up_2', 'ar', 'مرحباً! يمكننا تعديل عرض سعر الأثاث المكتبي. هل نتابع؟'),
  template(3, 'follow_up_3', 'en', 'Hello! When would be a good time to talk about your quotation?'),
  template(4, 'follow_up_3', 'ar', 'مرحباً! ما هو الوقت المناسب للحديث عن عرض السعر؟'),
  template(5, 'quote_ready', 'en', 'Hello {{1}}, your quotation {{2}} is ready. Reply here to receive it.'),
];

export class SandboxTemplates {
  readonly #templates: Map<string, SandboxTemplate>;

  constructor(templates: readonly SandboxTemplate[]) {
    this.#templates = new Map(templates.map((entry) => [entry.templateGuid, entry]));
  }

  page(limit: number, offset: number): readonly SandboxTemplate[] {
    return [...this.#templates.values()].slice(offset, offset + limit);
  }

  setStatus(id: string, status: string): SandboxTemplate | undefined {
    const found = this.#templates.get(id);
    if (!found) return undefined;
    const changed = { ...found, status };
    this.#templates.set(id, changed);
    return changed;
  }

  /** The text that arrives, or the vendor's code for why nothing does. */
  fill(id: string, values: readonly string[]): { readonly text: string } | { readonly error: string } {
    const found = this.#templates.get(id);
    if (found?.status !== 'approved') return { error: 'TEMPLATE_REJECTED' };
    const parts = found.components.flatMap(({ text }) => (text === undefined ? [] : [text]));
    if (countBlanks(parts) !== values.length) return { error: 'INVALID_MESSAGE_DATA' };
    return { text: fillTemplate(parts, values) };
  }
}
