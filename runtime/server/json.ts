/** Reading a JSON body from strangers: valid UTF-8, bounded depth, no surprises. */

/** Deeper bodies are refused: no request of ours is deeper than 12, and recursion elsewhere must stay safe. */
export const MAX_JSON_DEPTH = 64;

export type JsonBody =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly code: 'invalid_utf8' | 'too_deep' | 'invalid_json';
      readonly message: string;
    };

const decoder = new TextDecoder('utf-8', { fatal: true });

const bad = (code: 'invalid_utf8' | 'too_deep' | 'invalid_json', message: string): JsonBody => ({
  ok: false,
  code,
  message,
});

/** UTF-8 text, or null. A byte order mark is dropped. */
export const utf8 = (bytes: Uint8Array): string | null => {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
};

/** Parses bytes as JSON. */
export const parseJson = (bytes: Uint8Array): JsonBody => {
  const text = utf8(bytes);
  if (text === null) return bad('invalid_utf8', 'The body is not valid UTF-8; encode it and send it again.');
  if (opensMore(text, MAX_JSON_DEPTH) && depthOf(text) > MAX_JSON_DEPTH) {
    return bad('too_deep', `The body is nested deeper than ${MAX_JSON_DEPTH} levels; flatten it.`);
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return bad('invalid_json', 'The body is not valid JSON; check its syntax and send it again.');
  }
};

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN: ReadonlySet<number> = new Set([91, 123]);
const CLOSE: ReadonlySet<number> = new Set([93, 125]);

/** Whether it holds more opening brackets than `most`, quoted or not; usual bodies have a handful and are not walked through. */
const opensMore = (text: string, most: number): boolean => {
  let count = 0;
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      count += 1;
      if (count > most) return true;
    }
  }
  return false;
};

/** Deepest nesting of brackets outside strings; stops counting one beyond the limit. */
const depthOf = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length && deepest <= MAX_JSON_DEPTH; at += 1) {
    const char = text.charCodeAt(at);
    if (quoted) {
      if (char === BACKSLASH) at += 1;
      else if (char === QUOTE) quoted = false;
    } else if (char === QUOTE) quoted = true;
    else if (OPEN.has(char)) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (CLOSE.has(char)) depth -= 1;
  }
  return deepest;
};
