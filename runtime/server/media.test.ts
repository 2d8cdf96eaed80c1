import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redacted } from 'effect';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_TTL_MS, makeMediaSigner, serveMedia } from './media.ts';
import { fakeClock } from './test-fakes.ts';

let root: string;
let folder: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'treejar-media-'));
  folder = join(root, 'media');
  mkdirSync(join(folder, 'photos'), { recursive: true });
  writeFileSync(join(folder, 'photos', 'chair كرسي.png'), 'png');
  writeFileSync(join(root, 'secret.txt'), 'secret');
  mkdirSync(join(root, 'media-other'));
  writeFileSync(join(root, 'media-other', 'x.png'), 'secret');
  symlinkSync(join(root, 'secret.txt'), join(folder, 'link.txt'));
});
afterAll(() => rmSync(root, { recursive: true }));

const setup = () => {
  const clock = fakeClock();
  const signer = makeMediaSigner({
    secret: Redacted.make('s'),
    publicUrl: () => 'https://shop.example',
    clock,
  });
  const token = (path: string, ttlMs = 1000) =>
    signer.sign(path, ttlMs).slice('https://shop.example/media/'.length);
  return { clock, signer, token, get: (given: string) => serveMedia(signer, folder, given) };
};

describe('media links', () => {
  it('serve the file that was signed', async () => {
    const { token, get } = setup();
    const response = await get(token('photos/chair كرسي.png'));
    expect([response.status, await response.text()]).toEqual([200, 'png']);
    expect(response.headers.get('content-type')).toBe('image/png');
  });

  it('expire', async () => {
    const { clock, token, get } = setup();
    const given = token('photos/chair كرسي.png', 1000);
    clock.advance(999);
    expect((await get(given)).status).toBe(200);
    clock.advance(1);
    expect((await get(given)).status).toBe(404);
  });

  it('cannot be made or changed by others', async () => {
    const { token, get, clock } = setup();
    const other = makeMediaSigner({ secret: Redacted.make('other'), publicUrl: () => '', clock });
    const [, mac] = token('photos/chair كرسي.png').split('.');
    const forged = Buffer.from(JSON.stringify({ p: 'link.txt', e: clock.now() + 1000 })).toString(
      'base64url',
    );
    for (const given of [
      '',
      '.',
      'x',
      'x.y',
      'x.y.z',
      `${forged}.${mac}`,
      other.sign('photos/x', 1000).slice(7),
    ]) {
      expect((await get(given)).status).toBe(404);
    }
  });

  it('never leave the folder, by dots, links, neighbours or odd names', async () => {
    const { token, get } = setup();
    for (const path of [
      '../secret.txt',
      'link.txt',
      '../media-other/x.png',
      'photos',
      '',
      '/etc/passwd',
      'a\u0000b',
    ]) {
      expect([path, (await get(token(path))).status]).toEqual([path, 404]);
    }
  });

  it('are not signed for ever', () => {
    const { signer } = setup();
    expect(() => signer.sign('x', MAX_TTL_MS + 1)).toThrow(RangeError);
    expect(() => signer.sign('x', 0)).toThrow(RangeError);
  });
});
