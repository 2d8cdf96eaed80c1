/** Every regular expression of the product: literals are read from the sources, built ones are caught as they are made. */
import { join } from 'node:path';
import { parseAst } from 'vite';
import { ROOT, type SourceFile, sourceFiles } from '../../tools/source-files.ts';

export interface Found {
  readonly source: string;
  readonly flags: string;
  /** Where it stands, or where it was made. */
  readonly path: string;
}

const PRODUCT = /^(machines|actors|adapters|runtime|admin)\/.*\.tsx?$/;
const TEST = /\.test\.tsx?$/;

/** The product's sources without its tests. */
export const productFiles = (): readonly SourceFile[] =>
  sourceFiles(PRODUCT).filter(({ path }) => !TEST.test(path));

interface Node {
  readonly type?: unknown;
  readonly regex?: { readonly pattern: string; readonly flags: string };
  readonly callee?: { readonly name?: unknown };
}

const nodesOf = function* (value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value;
  for (const child of Object.values(value)) yield* nodesOf(child);
};

const parsed = ({ path, text }: SourceFile): unknown =>
  parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }, path);

const isBuilt = ({ type, callee }: Node): boolean =>
  (type === 'NewExpression' || type === 'CallExpression') && callee?.name === 'RegExp';

/** Literals, and the files that build expressions out of text. */
export const readSources = (files: readonly SourceFile[]) => {
  const literals: Found[] = [];
  const builders = new Map<string, number>();
  for (const file of files) {
    for (const node of nodesOf(parsed(file))) {
      if (node.type === 'Literal' && node.regex)
        literals.push({ source: node.regex.pattern, flags: node.regex.flags, path: file.path });
      if (isBuilt(node)) builders.set(file.path, (builders.get(file.path) ?? 0) + 1);
    }
  }
  return { literals, builders };
};

/** What is built while these modules, not loaded before, and theirs are loaded. */
export const caught = async (paths: readonly string[]): Promise<readonly Found[]> => {
  const found: Found[] = [];
  const original = globalThis.RegExp;
  let path = '';
  globalThis.RegExp = new Proxy(original, {
    construct: (target, [source, flags], made) => {
      const built = Reflect.construct(
        target,
        flags === undefined ? [source] : [source, flags],
        made,
      ) as RegExp;
      found.push({ source: built.source, flags: built.flags, path });
      return built;
    },
  });
  try {
    for (path of paths) await import(join(ROOT, path));
  } finally {
    globalThis.RegExp = original;
  }
  return found;
};
