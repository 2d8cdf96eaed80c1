/** ops/deploy.sh against a stand-in for docker that keeps containers as files: the order of the steps, and the way back. */
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

/** `$STATE/<id>` holds the version of a running replica; versions in $SICK never get healthy, `second` is the second replica of the new one; $FAILS names a step. */
const DOCKER = `#!/usr/bin/env bash
set -euo pipefail
echo "\${TREEJAR_VERSION:-} $*" >> "$LOG"
case "$*" in
  'compose ps --quiet app') ls "$STATE" ;;
  'compose up '*)
    wanted=$(sed 's/.*app=\\([0-9]*\\) .*/\\1/' <<< "$*")
    while [ "$(ls "$STATE" | wc -l)" -lt "$wanted" ]; do
      echo "$TREEJAR_VERSION" > "$STATE/c$(wc -l < "$LOG")"
    done ;;
  *"$FAILS"*) exit 1 ;;
  inspect*)
    if [ "$SICK" = second ] && [ "$(grep -l v1.1.0 "$STATE"/* | wc -l)" = 2 ]; then echo starting; exit; fi
    [[ " $SICK " == *" $(cat "$STATE/\${!#}") "* ]] && echo starting || echo healthy ;;
  'rm '*) rm "$STATE/\${!#}" ;;
esac
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'treejar-deploy-'));
  for (const name of ['ops', 'bin', 'state']) mkdirSync(join(folder, name));
  copyFileSync(join(ROOT, 'ops/deploy.sh'), join(folder, 'ops/deploy.sh'));
  writeFileSync(join(folder, 'bin/docker'), DOCKER, { mode: 0o755 });
  writeFileSync(join(folder, '.env'), 'A=1\nTREEJAR_VERSION=v1.0.0\nB=2\n');
  for (const id of ['a', 'b']) writeFileSync(join(folder, 'state', id), 'v1.0.0\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const deploy = (
  env: { readonly sick?: string; readonly fails?: string } = {},
): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const own = {
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      STATE: join(folder, 'state'),
      LOG: join(folder, 'log'),
      SICK: env.sick ?? '',
      FAILS: env.fails ?? 'nothing at all',
      DEPLOY_PATIENCE_S: '1',
    };
    execFile('bash', [join(folder, 'ops/deploy.sh'), 'v1.1.0'], { env: own }, (error, stdout, stderr) =>
      resolve({
        code: typeof error?.code === 'number' ? error.code : error ? 1 : 0,
        output: stdout + stderr,
      }),
    );
  });

const versions = (): readonly string[] =>
  readdirSync(join(folder, 'state')).map((id) => readFileSync(join(folder, 'state', id), 'utf8').trim());
const steps = (): readonly string[] => readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
const remembered = (): string => readFileSync(join(folder, '.env'), 'utf8');

describe('a deploy', () => {
  it('checks the machines, backs up, migrates and only then replaces the replicas, never below their number', async () => {
    const { code, output } = await deploy();
    expect(code, output).toBe(0);
    expect(versions()).toEqual(['v1.1.0', 'v1.1.0']);
    expect(remembered()).toBe('A=1\nB=2\nTREEJAR_VERSION=v1.1.0\n');
    const order = ['pull', 'machines-check.ts', 'backup.sh', 'main.ts migrate', 'up --detach', 'stop a'];
    const places = order.map((word) => steps().findIndex((step) => step.includes(word)));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((x, y) => x - y));
    expect(steps().find((step) => step.includes('machines-check'))).toMatch(/^v1\.1\.0 /);
    const changes = steps().filter((step) => /up --detach|^\S* ?stop/.test(step));
    expect(changes.map((step) => (step.includes('stop') ? 'stop' : 'start'))).toEqual([
      'start',
      'stop',
      'start',
      'stop',
    ]);
  });

  it.each(['machines-check.ts', 'backup.sh', 'main.ts migrate'])(
    'changes no replica when %s fails',
    async (fails) => {
      expect((await deploy({ fails })).code).not.toBe(0);
      expect(versions()).toEqual(['v1.0.0', 'v1.0.0']);
      expect(remembered()).toContain('TREEJAR_VERSION=v1.0.0');
    },
  );

  it('goes back when the new version does not get healthy', async () => {
    const { code, output } = await deploy({ sick: 'v1.1.0' });
    expect(code).toBe(1);
    expect(output).toContain('going back to v1.0.0');
    expect(versions()).toEqual(['v1.0.0', 'v1.0.0']);
    expect(steps().some((step) => step.includes('stop'))).toBe(false);
    expect(remembered()).toContain('TREEJAR_VERSION=v1.0.0');
  });

  it('goes back with all its replicas when only the second one does not get healthy', async () => {
    const { code, output } = await deploy({ sick: 'second' });
    expect(code).toBe(1);
    expect(output).toContain('v1.0.0 runs');
    expect(versions()).toEqual(['v1.0.0', 'v1.0.0']);
    expect(remembered()).toContain('TREEJAR_VERSION=v1.0.0');
  });
});
