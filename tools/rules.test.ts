import { describe, expect, it } from 'vitest';
import { checkImports, importsOf } from './import-rules.ts';
import { checkStyle } from './style-rules.ts';

const imports = (path: string, text: string, exists = true): string[] =>
  checkImports({ path, text }, () => exists).map(({ line, says }) => `${line} ${says}`);
const style = (path: string, text: string): string[] =>
  checkStyle({ path, text }).map(({ line, says }) => `${line} ${says}`);

describe('import rules', () => {
  it.each([
    ['machines/a.ts', '../adapters/x.ts'],
    ['machines/a.ts', '../runtime/x.ts'],
    ['adapters/a/a.ts', '../../machines/x.ts'],
    ['actors/a.ts', '../runtime/x.ts'],
    ['runtime/engine/host.ts', '../config.ts'],
    ['runtime/engine/host.ts', '../../machines/x.ts'],
    ['runtime/engine/host.ts', '../../adapters/wazzup/x.ts'],
    ['runtime/x.ts', '../admin/x.ts'],
    ['runtime/x.ts', '../tests/support/x.ts'],
    ['admin/x.ts', '../runtime/api/schemas.ts'],
  ])('%s may not import %s', (path, target) => {
    expect(imports(path, `import { x } from '${target}';`)).toHaveLength(1);
  });

  it.each([
    ['machines/a/a.ts', '../b/x.ts'],
    ['adapters/a/a.ts', '../http/x.ts'],
    ['actors/a.ts', '../machines/x.ts'],
    ['actors/a.ts', '../adapters/x/y.ts'],
    ['runtime/engine/host.ts', './types.ts'],
    ['runtime/engine/host.ts', '../../adapters/postgres/pool.ts'],
    ['runtime/x.ts', './engine/types.ts'],
    ['runtime/x.ts', '../actors/x.ts'],
    ['runtime/x.test.ts', '../tests/support/postgres.ts'],
    ['admin/x.ts', '../machines/money.ts'],
    ['tests/x.test.ts', '../runtime/main.ts'],
    ['tools/x.ts', '../runtime/config.ts'],
  ])('%s may import %s', (path, target) => {
    expect(imports(path, `import { x } from '${target}';`)).toEqual([]);
  });

  it('the admin may import types from anywhere', () => {
    expect(imports('admin/x.ts', `import type { X } from '../runtime/api/schemas.ts';`)).toEqual([]);
  });

  it('machines and the admin do no input or output', () => {
    expect(imports('machines/x.ts', `import { readFileSync } from 'node:fs';`)).toHaveLength(1);
    expect(imports('admin/x.ts', `import pg from 'pg';`)).toHaveLength(1);
    expect(imports('machines/x.ts', `import { setup } from 'xstate';`)).toEqual([]);
    expect(imports('machines/x.test.ts', `import { readFileSync } from 'node:fs';`)).toEqual([]);
  });

  it('finds imports in every form, with their line', () => {
    const text = `import a from './a.ts';
import {
  b,
  type C,
} from './b.ts';
import './c.ts';
export * from './d.ts';
export type { E } from './e.ts';
const f = await import('./f.ts');
export const words = 'from "./no.ts"';
`;
    expect(importsOf(text)).toEqual([
      { specifier: './a.ts', typeOnly: false, line: 1 },
      { specifier: './b.ts', typeOnly: false, line: 2 },
      { specifier: './c.ts', typeOnly: false, line: 6 },
      { specifier: './d.ts', typeOnly: false, line: 7 },
      { specifier: './e.ts', typeOnly: true, line: 8 },
      { specifier: './f.ts', typeOnly: false, line: 9 },
    ]);
  });

  it('a dead import is a finding', () => {
    expect(imports('runtime/x.ts', `import { y } from './y.ts';`, false)).toEqual([
      '1 imports ./y.ts, which is no file',
    ]);
  });
});

describe('style rules', () => {
  it.each([
    ['runtime/a.ts', `const x = 1; // ${'TO'}DO later`],
    ['admin/a.css', `/* ${'FIX'}ME */`],
    ['adapters/a.ts', '// good enough for now'],
    ['actors/a.ts', `throw new Error('not implemented');`],
    ['runtime/a.ts', 'const t = Date.now();'],
    ['machines/a.ts', 'const t = new Date();'],
    ['actors/a.ts', 'const r = Math.random();'],
    ['machines/a.ts', 'setTimeout(f, 1);'],
    ['runtime/a.ts', `// ${'@ts-'}ignore`],
    ['docs/a.md', `see /${'home'}/someone/notes/a.md`],
  ])('%s: %s is found', (path, text) => {
    expect(style(path, `\n${text}\n`)).toEqual([expect.stringMatching(/^2 /)]);
  });

  it.each([
    ['runtime/clock.ts', 'Date.now()'],
    ['runtime/a.test.ts', 'Date.now()'],
    ['runtime/a.ts', 'new Date(at)'],
    ['adapters/a.ts', 'Date.now()'],
    ['machines/texts.ts', `const bye = 'That is all for now';`],
    ['runtime/a.ts', `app.get('/home', '/api/jobs/items')`],
  ])('%s: %s is fine', (path, text) => {
    expect(style(path, text)).toEqual([]);
  });

  it('a long file is found, a file of 400 lines is not', () => {
    expect(style('runtime/a.ts', 'x\n'.repeat(401))).toEqual([expect.stringContaining('401 lines')]);
    expect(style('runtime/a.ts', 'x\n'.repeat(400))).toEqual([]);
  });

  it('an unpinned version is found', () => {
    const text = JSON.stringify({
      dependencies: { a: '1.2.3', b: '^1.2.3', c: 'npm:@s/c@1.2.3' },
      devDependencies: { d: 'latest', e: '1.2.3-beta.4' },
    });
    expect(style('package.json', text).map((says) => says.split(' ')[1])).toEqual(['b', 'd']);
  });
});
