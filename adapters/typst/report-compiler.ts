/** Sets a report with Typst in this thread: our template, our fonts, nothing of the machine's. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { printableDeep } from './printable.ts';

const TEMPLATES = join(import.meta.dirname, 'template');
const WEIGHTS = ['400Regular', '600SemiBold', '700Bold'] as const;
const REASON_CHARS_MAX = 500;

/** A sheet is plain JSON, whatever report it is of; the template reads it. */
export type Sheet = Readonly<Record<string, unknown>>;

export interface PrintedReport {
  readonly pdf: Uint8Array;
  readonly pages: number;
}

/** Throws with the compiler's own words when the template cannot set the sheet. */
export const setReport = (sheet: Sheet): PrintedReport => {
  const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/vazirmatn/package.json'));
  const compiler = NodeCompiler.create({
    workspace: TEMPLATES,
    fontArgs: [{ fontPaths: WEIGHTS.map((weight) => join(fonts, weight)) }],
  });
  const compiled = compiler.compile({
    mainFilePath: join(TEMPLATES, 'report.typ'),
    inputs: { sheet: JSON.stringify(printableDeep(sheet)) },
  });
  if (compiled.result === null) {
    const why = JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? []);
    throw new Error(why.slice(0, REASON_CHARS_MAX));
  }
  return { pdf: compiler.pdf(compiled.result), pages: compiled.result.numOfPages };
};
