/** Templates as a person fills them: which may be used here, what they ask for, how they will read. */
import type { Template } from '../api/types.ts';

const BLANK = /\{\{(\d+)\}\}/g;

/** Approved ones of this channel, those in the customer's language first. */
export const usableTemplates = (
  templates: readonly Template[],
  channelId: string,
  language: string,
): readonly Template[] =>
  templates
    .filter(
      ({ status, channelIds }) =>
        status === 'approved' && (channelIds.length === 0 || channelIds.includes(channelId)),
    )
    .sort(
      (left, right) =>
        Number(right.language?.startsWith(language) ?? false) -
        Number(left.language?.startsWith(language) ?? false),
    );

/** The text with its values; a blank without a value stays as it is, so that it is seen. */
export const fillTemplate = (text: string, values: readonly string[]): string =>
  text.replace(BLANK, (blank, number: string) => {
    const value = values[Number(number) - 1]?.trim() ?? '';
    return value === '' ? blank : value;
  });

/** The words around a blank: what stands there helps to know what is asked for. */
export const aroundBlank = (text: string, number: number): string => {
  const at = text.indexOf(`{{${number}}}`);
  if (at === -1) return '';
  const near = text.slice(Math.max(0, at - 24), at);
  // Cut between words, not inside one.
  const before = at > 24 ? near.replace(/^\S*\s/, '') : near;
  const after = text.slice(at + String(number).length + 4, at + 28);
  return `${before}…${after}`.replaceAll(BLANK, '…').trim();
};
