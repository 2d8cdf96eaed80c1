/** Checks a message's HTML as Telegram does (wire/09 §3): known tags, closed in order, no bare `<` or `&`. */

const TAGS = new Set(['b', 'strong', 'i', 'em', 'u', 's', 'a', 'code', 'pre', 'blockquote', 'tg-spoiler']);

/** Why Telegram would refuse the markup, in its words; `null` when it would not. */
export const markupFault = (html: string): string | null => {
  const open: string[] = [];
  const rest = html.replaceAll(
    /<(\/?)([a-z-]+)((?:\s+[a-z-]+="[^"<>]*")*)\s*>/gi,
    (_, slash: string, name: string) => {
      const tag = name.toLowerCase();
      if (slash === '') open.push(tag);
      else if (open.at(-1) === tag) open.pop();
      else open.push(`/${tag}`);
      return TAGS.has(tag) ? '' : '<';
    },
  );
  const wrong = (what: string) => `Bad Request: can't parse entities: ${what}`;
  if (rest.includes('<')) return wrong('Unsupported start tag');
  if (/&(?!(lt|gt|amp|quot|#\d+|#x[\da-f]+);)/i.test(rest)) return wrong('Unexpected character &');
  return open.length > 0 ? wrong(`Can't find end tag corresponding to start tag "${open[0]}"`) : null;
};
