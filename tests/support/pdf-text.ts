/**
 * The words of a PDF that our press made, for tests: enough of the format to read Typst's files, and no more. Each
 * marked piece of text is one line; in Arabic lines the runs stand as on paper, from left to right.
 */
import { inflateSync } from 'node:zlib';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Objects by number: the dictionary, and the stream when there is one. */
const objectsOf = (
  pdf: Uint8Array,
): ReadonlyMap<string, { readonly dict: string; readonly stream: string }> => {
  const objects = new Map<string, { dict: string; stream: string }>();
  for (const [, number = '', body = ''] of latin1(pdf).matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, dict = body, data] = /^([\s\S]*?)stream\r?\n([\s\S]*?)\r?\n?endstream/.exec(body) ?? [];
    const packed = dict.includes('/FlateDecode');
    const stream = data === undefined ? '' : packed ? latin1(inflateSync(Buffer.from(data, 'latin1'))) : data;
    objects.set(number, { dict, stream });
  }
  return objects;
};

const fromHex = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** Glyph number to text. */
const readCmap = (cmap: string): ReadonlyMap<number, string> => {
  const map = new Map<number, string>();
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph = '', text = ''] of block.matchAll(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>/g)) {
      map.set(Number.parseInt(glyph, 16), fromHex(text));
    }
  }
  for (const [, block = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', to = '', text = ''] of block.matchAll(
      /<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>/g,
    )) {
      const [first, last] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      for (let glyph = first; glyph <= last; glyph++) {
        map.set(glyph, String.fromCodePoint((fromHex(text).codePointAt(0) ?? 0) + glyph - first));
      }
    }
  }
  return map;
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The bytes of a literal string. */
const unescaped = (literal: string): string =>
  literal.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (_, octal: string | undefined, sign: string) =>
    octal === undefined ? (ESCAPES[sign] ?? sign) : String.fromCharCode(Number.parseInt(octal, 8)),
  );

const decode = (bytes: string, font: ReadonlyMap<number, string>): string => {
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    text += font.get(bytes.charCodeAt(i) * 256 + bytes.charCodeAt(i + 1)) ?? '\ufffd';
  }
  return text;
};

const OPERATORS =
  /\/(ReversedChars) BMC|(EMC)|\/(\w+) [\d.]+ Tf|\[?((?:\((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*\)|<[0-9a-fA-F]*>|[\s\d.-])+)\]?\s*T[Jj]|(\nBT)/g;
/** Brackets inside a string stand in pairs or are escaped. */
const STRINGS = /\(((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*)\)|<([0-9a-fA-F]*)>/g;

/** The texts of one page's stream. */
const readPage = (stream: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string[] => {
  const lines: string[] = [];
  let font: ReadonlyMap<number, string> = new Map();
  let reversed = false;
  for (const [, reverse, end, name, pieces, begin] of stream.matchAll(OPERATORS)) {
    if (begin) lines.push('');
    else if (reverse) reversed = true;
    else if (end) reversed = false;
    else if (name !== undefined) font = fonts.get(name) ?? new Map();
    else {
      const bytes = [...(pieces ?? '').matchAll(STRINGS)].map(([, literal, hex]) =>
        literal === undefined ? Buffer.from(hex ?? '', 'hex').toString('latin1') : unescaped(literal),
      );
      const text = decode(bytes.join(''), font);
      const read = reversed ? [...text].reverse().join('') : text;
      lines[lines.length - 1] = `${lines.at(-1) ?? ''}${read}`;
    }
  }
  return lines;
};

/** Everything printed, page after page. */
export const pdfText = (pdf: Uint8Array): string => {
  const objects = objectsOf(pdf);
  const lines: string[] = [];
  for (const { dict } of objects.values()) {
    if (!/\/Type \/Page\n/.test(dict)) continue;
    const fonts = new Map(
      [...dict.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name = '', number = '']) => {
        const cmap = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number)?.dict ?? '')?.[1] ?? '';
        return [name, readCmap(objects.get(cmap)?.stream ?? '')] as const;
      }),
    );
    const content = /\/Contents (\d+) 0 R/.exec(dict)?.[1] ?? '';
    lines.push(...readPage(objects.get(content)?.stream ?? '', fonts));
  }
  return lines.join('\n');
};
