/** The house style as far as a pattern can tell; Biome checks the rest. */
import { type Finding, lineOf, type SourceFile } from './source-files.ts';

/** A file does one thing; beyond this it does several. */
const LINES_MAX = 400;

interface Rule {
  readonly says: string;
  readonly pattern: RegExp;
  readonly where: (path: string) => boolean;
}

const isCode = (path: string): boolean => /\.(ts|tsx|mjs|css|sql|sh|yml)$/.test(path);
const isTest = (path: string): boolean =>
  /\.test\.tsx?$|(^|\/)(testing|tests|bench)\/|\/test-[a-z-]+\.ts$/.test(path);
/** The places that own time and randomness. */
const isSource = (path: string): boolean => /^runtime\/(clock|ids)\.ts$/.test(path);
const isDeterministic = (path: string): boolean =>
  /^(machines|actors|runtime)\/.*\.ts$/.test(path) && !isTest(path) && !isSource(path);
/** The rules name what they forbid. */
const isNotTheRules = (path: string): boolean => !/^tools\/(style-)?rules/.test(path);

const RULES: readonly Rule[] = [
  {
    says: 'a leftover reminder: do it, or write it into the issue tracker',
    pattern: /\b(TODO|FIXME|XXX|HACK)\b/g,
    where: (path) => isCode(path) && isNotTheRules(path),
  },
  {
    says: 'a promise instead of the work: finish it, or say what the limit is and why',
    pattern:
      /(?:\/\/|^\s*\*|\/\*|^\s*--|^\s*#).*\b(for now|temporar(?:y|ily) hack|not (?:yet )?implemented)\b/gim,
    where: (path) => isCode(path) && isNotTheRules(path),
  },
  {
    says: 'a stub: write the function or leave it out',
    pattern: /throw new Error\(['"`](?:not (?:yet )?implemented|unimplemented)/gi,
    where: (path) => isCode(path) && isNotTheRules(path),
  },
  {
    says: 'reads the clock: take a Clock, so that tests and replay decide the time',
    pattern: /\bDate\.now\s*\(|[:=(,]\s*Date\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b/g,
    where: isDeterministic,
  },
  {
    says: 'rolls dice: take Random or an id service, so that tests and replay repeat',
    pattern: /\bMath\.random\b/g,
    where: isDeterministic,
  },
  {
    says: 'machines know neither ids made by chance nor timers',
    pattern: /\b(crypto\.)?randomUUID\b|\bset(Timeout|Interval)\b/g,
    where: (path) => /^machines\/.*\.ts$/.test(path) && !isTest(path),
  },
  {
    says: 'switches the type checker off',
    pattern: /@ts-(ignore|nocheck)/g,
    where: (path) => /\.(ts|tsx)$/.test(path) && isNotTheRules(path),
  },
  {
    says: 'a path of one machine',
    pattern: /(?<![\w.])\/(?:home|Users|work|workspace)\/[\w.-]+\//g,
    where: (path) => !path.endsWith('package-lock.json') && isNotTheRules(path),
  },
];

const tooLong = (file: SourceFile): readonly Finding[] => {
  if (!/\.(ts|tsx|mjs|css)$/.test(file.path)) return [];
  const lines = file.text.trimEnd().split('\n').length;
  return lines > LINES_MAX
    ? [
        {
          path: file.path,
          line: LINES_MAX,
          says: `has ${lines} lines, at most ${LINES_MAX}: split it by topic`,
        },
      ]
    : [];
};

/** Versions in package.json are exact (`1.2.3` or `npm:name@1.2.3`): the lock file is a record, not a decision. */
const unpinned = (file: SourceFile): readonly Finding[] => {
  if (file.path !== 'package.json') return [];
  const manifest = JSON.parse(file.text) as Readonly<Record<string, unknown>>;
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies'].map(
    (name) => manifest[name] ?? {},
  );
  return groups
    .flatMap((group) => Object.entries(group as Readonly<Record<string, string>>))
    .filter(([, version]) => !/^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => ({
      path: file.path,
      line: lineOf(file.text, file.text.indexOf(`"${name}"`)),
      says: `${name} has the range ${version}: pin one version`,
    }));
};

/** All findings in one file. */
export const checkStyle = (file: SourceFile): readonly Finding[] => [
  ...tooLong(file),
  ...unpinned(file),
  ...RULES.filter((rule) => rule.where(file.path)).flatMap((rule) =>
    [...file.text.matchAll(rule.pattern)].map((match) => ({
      path: file.path,
      line: lineOf(file.text, match.index),
      says: `${match[0].trim().slice(0, 60)}: ${rule.says}`,
    })),
  ),
];
