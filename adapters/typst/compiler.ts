/** Typst in this thread: our templates, our fonts, nothing of the machine's. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { printableDeep } from './printable.ts';
import type { Picture, QuoteSheet } from './quote-sheet.ts';

const TEMPLATES = join(import.meta.dirname, 'template');
const MAIN = join(TEMPLATES, 'quote.typ');
const WEIGHTS = ['400Regular', '600SemiBold', '700Bold'] as const;
/** Papers for which earlier results are remembered; older results are dropped (G10). */
const CACHE_AGE_MAX = 2;
/** A png is unpacked before it is set, four bytes a pixel: a larger one is left out (G10). */
const PNG_PIXELS_MAX = 25_000_000;

const fontFolders = (): string[] => {
  const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/vazirmatn/package.json'));
  return WEIGHTS.map((weight) => join(fonts, weight));
};

/** A quotation to print, as it crosses to the worker. */
export interface PressJob {
  readonly sheet: QuoteSheet;
  readonly logo: Picture | null;
  /** By the keys that the sheet's lines name. */
  readonly photos: readonly (readonly [string, Picture])[];
}

export interface Printed {
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** Keys of photos that cannot be drawn and were left out; {@link LOGO} for the logo. */
  readonly unusable: readonly string[];
}

export interface Press {
  /** Throws with the compiler's own words, which hold no text of the sheet. */
  readonly print: (job: PressJob) => Printed;
}

/** Loads fonts and templates; the first paper takes a quarter of a second longer. */
export const makePress = (): Press => {
  const compiler = NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontPaths: fontFolders() }] });
  const at = (name: string): string => join(TEMPLATES, name);
  const isSound = (name: string): boolean =>
    !compiler.compile({ mainFileContent: `#image(${JSON.stringify(name)}, width: 1pt)` }).hasError();

  const typeset = (sheet: QuoteSheet, files: ReadonlyMap<string, string>) => {
    const compiled = compiler.compile({
      mainFilePath: MAIN,
      inputs: { sheet: JSON.stringify(printableDeep(withPictures(sheet, files))) },
    });
    if (compiled.result === null) throw new Error(reasonOf(compiled.takeDiagnostics()));
    return { pdf: compiler.pdf(compiled.result), pages: compiled.result.numOfPages };
  };

  const print = ({ sheet, logo, photos }: PressJob): Printed => {
    const pictures = [...photos, ...(logo === null ? [] : [[LOGO, logo] as const])];
    const files = new Map(pictures.map(([key, { type }], i) => [key, `picture-${i}.${type}`]));
    try {
      for (const [i, [, { bytes, type }]] of pictures.entries()) {
        compiler.mapShadow(at(`picture-${i}.${type}`), Buffer.from(bytes));
      }
      // Looked at one by one, so that a broken photo costs its own place and not the quotation.
      const huge = new Set(pictures.filter(([, picture]) => isHuge(picture)).map(([key]) => key));
      const unusable = [...files]
        .filter(([key, name]) => huge.has(key) || !isSound(name))
        .map(([key]) => key);
      for (const key of unusable) files.delete(key);
      return { ...typeset(sheet, files), unusable };
    } finally {
      for (const [i, [, { type }]] of pictures.entries()) compiler.unmapShadow(at(`picture-${i}.${type}`));
      compiler.evictCache(CACHE_AGE_MAX);
    }
  };
  return { print };
};

/** Beside the keys of photos: no article number begins with a blank. */
const LOGO = ' logo';

const withPictures = (sheet: QuoteSheet, files: ReadonlyMap<string, string>) => ({
  ...sheet,
  logo: files.get(LOGO) ?? 'logo.svg',
  ownLogo: files.has(LOGO),
  zones: sheet.zones.map((zone) => ({
    ...zone,
    lines: zone.lines.map((line) => ({
      ...line,
      photo: line.photo === null ? null : (files.get(line.photo) ?? null),
    })),
  })),
});

/** A png tells its size in bytes 16 to 23. */
const isHuge = ({ bytes, type }: Picture): boolean => {
  if (type !== 'png' || bytes.byteLength < 24) return false;
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return head.getUint32(16) * head.getUint32(20) > PNG_PIXELS_MAX;
};

const REASON_CHARS_MAX = 500;

const reasonOf = (diagnostics: { readonly shortDiagnostics: readonly unknown[] } | null): string =>
  JSON.stringify(diagnostics?.shortDiagnostics ?? []).slice(0, REASON_CHARS_MAX);
