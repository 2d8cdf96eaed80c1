/** What the way to production promises: workflows, and migrations that the version before can live with. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const textOf = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const FOLDER = '.github/workflows';
const workflows = readdirSync(join(ROOT, FOLDER)).map((name) => ({ name, text: textOf(join(FOLDER, name)) }));
const scripts = (JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }).scripts;

/** Jobs by name; the files keep to two spaces for each level. */
const jobsOf = (text: string): ReadonlyMap<string, string> => {
  const body = text.slice(text.indexOf('\njobs:\n') + 7);
  return new Map(
    body
      .split(/^ {2}(?=[\w-]+:\n)/m)
      .slice(1)
      .map((job) => [job.slice(0, job.indexOf(':')), job]),
  );
};

describe.each(workflows)('the workflow $name', ({ text }) => {
  it('has few rights, and an end to each job', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(jobsOf(text).size).toBeGreaterThan(0);
    for (const [name, job] of jobsOf(text)) {
      if (!job.includes('    uses: ./')) expect(job, name).toMatch(/^ {4}timeout-minutes: \d+$/m);
    }
    expect(text).not.toMatch(/pull_request_target|persist-credentials: true|write-all/);
  });

  it('runs only what is here, and nothing that a stranger wrote', () => {
    for (const [, file = ''] of text.matchAll(/(?:bash|node) ((?:\.ci|tools|ops)\/[\w./-]+)/g))
      expect(existsSync(join(ROOT, file)), file).toBe(true);
    for (const [, file = ''] of text.matchAll(/shellcheck -x (.+)$/gm))
      for (const one of file.split(' ').filter((name) => !name.includes('*')))
        expect(existsSync(join(ROOT, one)), one).toBe(true);
    for (const [, name = ''] of text.matchAll(/npm run ([\w:-]+)/g))
      expect(scripts[name], name).toBeDefined();
    // A title or a branch's name in a script is a command of whoever chose it: values come by the environment.
    const commands = [...text.matchAll(/run: (?:\|\n((?: {10}.*\n?)+)|(.*))/g)].map(
      ([, block, line]) => block ?? line ?? '',
    );
    expect(commands.join('\n')).not.toContain('${{');
    // A tag can be moved to other code, a commit cannot; the tag beside it is for the reader.
    for (const [, version] of text.matchAll(/uses: [\w/-]+@(.+)/g)) {
      expect(version).toMatch(/^[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });
});

describe('the workflows together', () => {
  const all = workflows.map(({ text }) => text).join('\n');
  it.each([
    'bash .ci/run',
    'npm audit',
    'actionlint',
    'docker compose config',
    'build-push-action',
    'sbom: true',
    'gh release create',
    'ops/deploy.sh',
  ])('include %s', (step) => expect(all).toContain(step));

  it('check the licences with everything else', () => {
    expect(textOf('tools/verify.mjs')).toContain('tools/check-licences.ts');
  });
});

/** From here on an old replica may run on the new schema (ops/deploy.sh); what came before was in no release. */
const FIRST_DEPLOYED = '0048';
const CONTRACTS =
  /\b(?:drop\s+(?:table|column|schema|type)|rename\s+(?:to|column)|alter\s+column\s+\w+\s+(?:type|set\s+not\s+null))\b/i;

/** Why the version before could not live with this migration, or null. */
const breaks = (sql: string): string | null => {
  const words = sql.replace(/--.*$/gm, '');
  // Said at the top of the file: the release that stopped using it.
  if (/^-- contract: unused since \S+/m.test(sql)) return null;
  const found = CONTRACTS.exec(words)?.[0];
  if (found) return found;
  const column = /add\s+column\s+(?:if\s+not\s+exists\s+)?\w+[^,;]*\bnot\s+null\b[^,;]*/i.exec(words)?.[0];
  return column && !/\bdefault\b/i.test(column) ? column : null;
};

describe('migrations', () => {
  const files = readdirSync(join(ROOT, 'sql')).filter((name) => name >= FIRST_DEPLOYED);
  it.each(files)('%s only adds, so that going back to the version before needs no restore', (name) => {
    expect(breaks(textOf(join('sql', name)))).toBeNull();
  });

  it('that take away are noticed, unless they say since when nobody uses it', () => {
    expect(breaks('alter table a drop column b;')).toBe('drop column');
    expect(breaks('alter table a rename column b to c;')).toBe('rename column');
    expect(breaks('alter table a add column b int not null;')).toContain('not null');
    expect(breaks('alter table a add column b int not null default 0;')).toBeNull();
    expect(breaks('-- drop table a, some day\ncreate table b (c int not null);')).toBeNull();
    expect(breaks('-- contract: unused since v1.4.0\nalter table a drop column b;')).toBeNull();
  });
});
