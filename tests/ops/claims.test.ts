/** What the pages for operators name is there: files, tests, commands, settings, numbers. A renamed one fails here. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../runtime/observability/metric-families.ts';
import { vendorMetrics } from '../../runtime/vendor-health.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const textOf = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const PAGES = ['docs/operations.md', 'docs/runbook.md', 'docs/security.md', 'docs/scaling.md'] as const;

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Readonly<Record<string, string>> };
const SHOP = textOf('ops/shop');
/** What `.env.example` and the compose files know, with what the containers and the shells of the pages set themselves. */
const SETTINGS = [
  '.env.example',
  'docker-compose.yml',
  'ops/deploy.sh',
  'runtime/config.ts',
  '.github/workflows/deploy.yml',
  'tests/security/inputs.ts',
]
  .map(textOf)
  .join('\n');

/** Texts in backticks, code blocks left out. */
const quoted = (page: string): readonly string[] =>
  [...page.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);

const missingIn = (page: string): readonly string[] => {
  const words = quoted(page);
  const paths = words
    .flatMap(
      (word) =>
        word.match(/^(?:tests|ops|runtime|tools|nginx|actors|adapters|machines|docs|bench|sql)\/[\w./-]+$/) ??
        [],
    )
    .filter((path) => !existsSync(join(ROOT, path)));
  const commands = [...page.matchAll(/npm run ([\w:-]+)/g)].filter(([, name = '']) => !(name in scripts));
  const shop = [...page.matchAll(/`ops\/shop ([a-z-]+)/g)].filter(
    ([, name = '']) => !SHOP.includes(`  ${name})`),
  );
  const programs = [...page.matchAll(/\bnode (tools\/[\w./-]+)/g)].filter(
    ([, path = '']) => !existsSync(join(ROOT, path)),
  );
  const settings = words.filter(
    (word) => /^[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+$/.test(word) && !SETTINGS.includes(word),
  );
  const numbers = [...page.matchAll(/\btreejar_\w+/g)].filter(
    ([name]) =>
      !(name.replace(/_(?:bucket|sum|count)$/, '') in FAMILIES) &&
      !vendorMetrics().includes(name) &&
      !(name in FAMILIES),
  );
  return [...paths, ...settings, ...[...commands, ...shop, ...programs, ...numbers].map(([text]) => text)];
};

describe('what is named exists, in', () => {
  it.each(PAGES)('%s', (name) => {
    const page = textOf(name);
    expect(quoted(page).length).toBeGreaterThan(10);
    expect(missingIn(page)).toEqual([]);
  });

  it('a page that names what there is not, not', () => {
    const page =
      'See `tests/ops/none.test.ts`, `npm run none`, `ops/shop none`, `NO_SUCH_SETTING` and treejar_none_total.';
    expect(missingIn(page)).toHaveLength(5);
  });
});

describe('a test that is named by its title', () => {
  const titled = PAGES.flatMap((page) =>
    [...textOf(page).matchAll(/`(tests\/[\w./-]+\.test\.ts)`,? "([^"]+)"/g)].map(
      ([, file = '', title = '']) => ({ file, title }),
    ),
  );

  it('is in its file', () => {
    expect(titled.length).toBeGreaterThan(10);
    expect(titled.filter(({ file, title }) => !textOf(file).includes(title.split('$')[0] ?? ''))).toEqual([]);
  });
});
