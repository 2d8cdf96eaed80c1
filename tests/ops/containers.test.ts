/** What the container files promise, as far as it can be seen without an engine to run them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const textOf = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

/** Top-level services with their lines; the file keeps to two spaces for each level. */
const services = (): ReadonlyMap<string, string> => {
  const body = /^services:\n([\s\S]*?)(?=^\S)/m.exec(textOf('docker-compose.yml'))?.[1] ?? '';
  const parts = body.split(/^ {2}(?=\w[\w-]*:\n)/m).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
};

const UNITS: Readonly<Record<string, number>> = { m: 1, g: 1024 };
const megabytes = (part: string): number => {
  const [, size = '', unit = ''] = /memory: (\d+)([mg])\b/.exec(part) ?? [];
  return Number(size) * (UNITS[unit] ?? Number.NaN) * Number(/replicas: (\d+)/.exec(part)?.[1] ?? 1);
};

describe('docker-compose.yml', () => {
  it('has the shop, its stores, the door, the renewal and the backup', () => {
    expect([...services().keys()].sort()).toEqual([
      'app',
      'backup',
      'certbot',
      'nginx',
      'postgres',
      'qdrant',
      'redis',
    ]);
  });

  it('publishes nginx only, and keeps the stores on a network without a way out', () => {
    const open = [...services()].filter(([, part]) => /^ {4}ports:/m.test(part)).map(([name]) => name);
    expect(open).toEqual(['nginx']);
    for (const name of ['postgres', 'redis', 'qdrant', 'backup']) {
      expect(services().get(name), name).toMatch(/networks: \[stores\]/);
    }
    expect(textOf('docker-compose.yml')).toMatch(/^ {2}stores: \{ internal: true \}/m);
  });

  it('gives each service a limit of memory and of its log; together they fit 8 GB with room for the page cache', () => {
    const all = [...services()];
    for (const [name, part] of all) expect(part, name).toMatch(/<<: \*hardened/);
    const sum = all.reduce((total, [, part]) => total + megabytes(part), 0);
    expect(sum).toBeGreaterThan(3000);
    expect(sum).toBeLessThanOrEqual(6144);
  });

  it('mounts only files that are here, and no secret stands in it', () => {
    const text = textOf('docker-compose.yml');
    const mounted = [...text.matchAll(/- \.\/(\S+?):/g)].map((match) => match[1] ?? '');
    expect(mounted.length).toBeGreaterThan(1);
    for (const path of mounted) expect(existsSync(join(ROOT, path)), path).toBe(true);
    for (const [, value = ''] of text.matchAll(/PASSWORD: (.*)/g)) expect(value).toMatch(/^\$\{\w+:\?/);
  });
});

describe('Dockerfile', () => {
  const text = textOf('Dockerfile');

  it('copies what is here, and leaves out what builds', () => {
    const last = text.slice(text.lastIndexOf('\nFROM '));
    const copied = [...last.matchAll(/^COPY --from=build \/app\/(\S+) /gm)].map((match) => match[1] ?? '');
    const made = ['node_modules', 'dist', 'sbom.json'];
    expect(copied).toEqual(
      expect.arrayContaining([...made, 'runtime', 'actors', 'adapters', 'machines', 'sql']),
    );
    for (const path of copied.filter((one) => !made.includes(one))) {
      expect(existsSync(join(ROOT, path)), path).toBe(true);
    }
    expect(copied).not.toContain('tools');
  });

  it('runs as nobody special, by Node itself, so that a stop reaches the program', async () => {
    const { SERVER_NODE_FLAGS } = (await import(join(ROOT, 'tools/launch/node-flags.mjs'))) as {
      SERVER_NODE_FLAGS: readonly string[];
    };
    expect(text).toMatch(/^USER node$/m);
    const command = /^CMD (\[.*\])$/m.exec(text)?.[1] ?? '[]';
    expect(JSON.parse(command)).toEqual(['node', ...SERVER_NODE_FLAGS, 'runtime/main.ts', 'prod']);
  });
});
