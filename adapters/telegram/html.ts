/** Telegram's HTML (wire/09 §3): escaping, and what is left of it without the markup. */

/** The longest text of a message, UTF-16 units after the markup is taken out. */
export const MAX_TEXT_CHARS = 4096;

/** Makes any text safe between tags and inside attributes. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The text that a reader sees. Its length is what Telegram counts. */
export const plainOf = (html: string): string =>
  html
    .replaceAll(/<\/?[a-z][^<>]*>/gi, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

/** The first `max` UTF-16 units, without half a character. */
export const cutEnd = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(max - 2)) ? max - 2 : max - 1;
  return `${text.slice(0, end)}…`;
};

/** The last `max` UTF-16 units, without half a character. */
export const cutStart = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const start = text.length - max + 1;
  return `…${text.slice(/[\uDC00-\uDFFF]/.test(text.charAt(start)) ? start + 1 : start)}`;
};
