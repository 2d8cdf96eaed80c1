/** Internal text: prompt, tools, data, markup that WhatsApp does not show (lesson F-25; domain 4.12). */
import type { Check } from './check.ts';
import { bare } from './reply.ts';

const SIGNATURES: readonly RegExp[] = [
  /\b(?:search_products|check_stock|search_knowledge|set_selection|update_customer|request_quote|answer_quote|order_status|send_photos|hand_over|agree_next_contact|record_feedback|close_conversation|opt_out|tool_calls?|function_call)\b/i,
  /\[repair\]|\[written by a human colleague\]|\[the customer (?:sent|tried)/i,
  /[{[]\s*"[\w-]+"\s*:/,
  /\bsystem (?:prompt|message)\b|\bmy (?:system )?instructions\b|\bmy prompt\b|\bas an? (?:ai|artificial|large)[ -](?:language )?(?:model|intelligence)\b|\bthe tools? (?:returned|result|says)\b|\btool (?:result|call|output)s?\b|\bevidence\b.{0,20}\bturn\b/i,
  /تعليمات النظام|رسالة النظام|نموذج لغوي|نموذج لغة|التعليمات المعطاة لي|الأداة أعادت/,
  /\{\{\s*[\w.]+\s*\}\}|\$\{[\w.]+\}|<\|?[\w/]{2,30}\|?>|\bundefined\b|\bNaN\b|\[object Object\]/,
];
const MARKUP: readonly RegExp[] = [
  /^#{1,6}\s/m,
  /^[^\S\n]*\|.{1,500}\|[^\S\n]*$/m,
  /^[^\S\n]*(?:-{3,}|\*{3,}|_{3,}|={3,})[^\S\n]*$/m,
  /```/,
  /<\/?(?:p|b|br|div|li|ul|strong|em|table|tr|td)\b/i,
];

/** So many words in a row from the instructions are no coincidence. */
const SHINGLE_WORDS = 8;

export const leaks: Check = (reply, known) => {
  const of = (problem: string) => [{ family: 'leak' as const, problem, sentence: null }];
  if (
    SIGNATURES.some((pattern) => pattern.test(reply.text)) ||
    repeatsInstructions(reply.text, known.instructions)
  ) {
    return of(
      'The reply shows internal text (tool names, data or instructions). Write only what the customer should read.',
    );
  }
  return MARKUP.some((pattern) => pattern.test(reply.text))
    ? of('The reply uses headings, tables, rules or code; WhatsApp shows plain text and simple lists only.')
    : [];
};

const repeatsInstructions = (text: string, instructions: readonly string[]): boolean => {
  if (instructions.length === 0) return false;
  const told = ` ${bare(instructions.join('\n'))} `;
  const said = bare(text).split(' ');
  return said.some(
    (_, i) =>
      i + SHINGLE_WORDS <= said.length && told.includes(` ${said.slice(i, i + SHINGLE_WORDS).join(' ')} `),
  );
};
