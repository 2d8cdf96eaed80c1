import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explain, LaunchFault } from './fault.mjs';
import { parseSources } from './glibc.mjs';
import { withoutIsoC23 } from './isoc23.mjs';
import { CACHE, MODULES, ROOT } from './paths.mjs';
import { helpText, parseCommandLine } from './tasks.mjs';
import { countReport, summary } from './test-run.mjs';

describe('the command line', () => {
  it('turns options into variables, in both spellings', () => {
    const { task, env } = parseCommandLine(['start', '--port', '9000', '--data-dir=/d=1']);
    expect(task.entry).toBe('runtime/main.ts');
    expect(env).toEqual({ PORT: '9000', DATA_DIR: '/d=1' });
  });

  it.each([
    [['nonsense']],
    [['start', '--prot', '1']],
    [['start', '--port']],
    [['start', 'extra']],
    [['run', 'no/such.ts']],
    [['toString']],
  ])('%j is refused with a sentence', (words) => expect(() => parseCommandLine(words)).toThrow(LaunchFault));

  it('tests and benchmarks get their arguments as they are', () => {
    expect(parseCommandLine(['test', 'machines', '-t', 'quote']).args).toEqual(['machines', '-t', 'quote']);
  });

  it('--help works for every task and names options and variables', () => {
    expect(parseCommandLine(['start:prod', '--help']).help).toBe(true);
    expect(helpText()).toMatch(/--port .*[\s\S]*OPENROUTER_API_KEY=/);
  });

  it('every npm script names a task that exists', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    for (const script of Object.values(scripts)) {
      const words = /^(?:[A-Z_]+=\S+ )?exec node tools\/launch\.mjs (.+)$/.exec(script)?.[1].split(' ');
      expect(() => parseCommandLine(words), script).not.toThrow();
    }
  });
});

describe('what a person reads when it does not work', () => {
  const run = (env, args = []) => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'tools', 'launch.mjs'), ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    return { status, lines: stderr.trim().split('\n').length, stderr };
  };

  it('is one line and exit code 1', () => {
    expect(run({}, ['nonsense'])).toMatchObject({ status: 1, lines: 1 });
  });

  it.each([
    ['npm error code ENOTFOUND', /cannot be reached/],
    ['npm error code EACCES', /cannot be written/],
    ['npm error ENOSPC: no space left on device', /is full/],
  ])('%s', (complaint, sentence) => {
    expect(explain(complaint, '/shop')?.message).toMatch(sentence);
  });

  it('an unusual complaint is not guessed at', () => {
    expect(explain('npm error code E404', '/shop')).toBeNull();
  });
});

describe('the sum of all tests', () => {
  const report = (numbers, testResults = []) => ({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults,
    ...numbers,
  });

  it('is one line, with skipped ones only when there are any', () => {
    expect(summary({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(summary({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });

  it('counts passed, failed, skipped', () => {
    expect(
      countReport(report({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }), 1),
    ).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it('a file that cannot be loaded, an error outside of tests and a runner that died are failures', () => {
    expect(
      countReport(report({ numPassedTests: 5 }, [{ status: 'failed', assertionResults: [] }]), 1).failed,
    ).toBe(1);
    expect(countReport(report({ numPassedTests: 5 }), 1).failed).toBe(1);
    expect(countReport(null, 1).failed).toBe(1);
    expect(countReport(report({ numPassedTests: 5 }), 0).failed).toBe(0);
  });
});

describe('uWebSockets.js on an older C library', () => {
  const addons = readdirSync(join(MODULES, 'uWebSockets.js')).filter((name) =>
    /^uws_linux_(x64|arm64)_137\.node$/.test(name),
  );

  it.each(addons)(
    '%s needs nothing of glibc 2.38 afterwards, and the remedy is not applied twice',
    (name) => {
      const original = readFileSync(join(MODULES, 'uWebSockets.js', name));
      const patched = withoutIsoC23(original) ?? original; // this machine may have applied it already
      expect(patched.length).toBe(original.length);
      expect(withoutIsoC23(patched)).toBeNull();
    },
  );

  it('the addon of this machine loads after the remedy', () => {
    mkdirSync(CACHE, { recursive: true });
    const dir = mkdtempSync(join(CACHE, 'uws-'));
    const name = `uws_linux_${process.arch}_137.node`;
    const original = readFileSync(join(MODULES, 'uWebSockets.js', name));
    writeFileSync(join(dir, name), withoutIsoC23(original) ?? original);
    const { status, stderr } = spawnSync(
      process.execPath,
      ['-e', `require(${JSON.stringify(join(dir, name))})`],
      { encoding: 'utf8' },
    );
    rmSync(dir, { recursive: true });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('refuses what is no ELF file', () => {
    expect(() => withoutIsoC23(Buffer.alloc(64))).toThrow(/ELF/);
  });

  it('reads both formats of apt sources and skips what is switched off', () => {
    expect(
      parseSources(
        'a.list',
        '# c\ndeb [arch=amd64 signed-by=/k] http://m/debian bookworm main contrib\ndeb-src http://m/debian bookworm main\n',
      ),
    ).toEqual([{ uri: 'http://m/debian', suites: ['bookworm'], components: ['main', 'contrib'] }]);
    const deb822 =
      'Types: deb deb-src\nURIs: http://m/debian\nSuites: bookworm bookworm-updates\nComponents: main\n\nTypes: deb\nEnabled: no\nURIs: http://x\nSuites: y\nComponents: main\n';
    expect(parseSources('a.sources', deb822)).toEqual([
      { uri: 'http://m/debian', suites: ['bookworm', 'bookworm-updates'], components: ['main'] },
    ]);
  });
});
