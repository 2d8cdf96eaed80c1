/** The downloader against a real server, and against links that try to lead it elsewhere (contract 3.6, design 9). */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Effect, Result } from 'effect';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { allowedUrl, isPublicAddress } from './media-address.ts';
import { MediaDownload, type MediaDownloadOptions, type MediaRequest } from './media-download.ts';
import { voiceSample } from './voice-samples.ts';

const voice = voiceSample('english').bytes;
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const fetchFile = (
  request: MediaRequest,
  options: Partial<MediaDownloadOptions> & { readonly wazzupBaseUrl: string },
) =>
  Effect.runPromise(
    Effect.result(
      Effect.gen(function* () {
        return yield* (yield* MediaDownload).fetch(request);
      }).pipe(Effect.provide(MediaDownload.layer({ timeoutMs: 3000, ...options }))),
    ),
  );
const success = <A, E>(result: Result.Result<A, E>): A => Result.getOrThrow(result);
const failure = <A, E>(result: Result.Result<A, E>): E => Result.getOrThrow(Result.flip(result));

describe('a file', () => {
  test('comes from the origin of the API with its type by its bytes', async () => {
    const origin = await serve((_, res) => res.writeHead(200, { 'content-type': 'audio/mpeg' }).end(voice));
    const file = success(
      await fetchFile(
        { contentUri: `${origin}/files/1/?filename=a.opus`, kinds: ['audio'] },
        { wazzupBaseUrl: `${origin}/v3` },
      ),
    );
    expect(Buffer.from(file.bytes).equals(voice)).toBe(true);
    expect(file.type).toEqual({ kind: 'audio', mime: 'audio/ogg', extension: 'ogg' });
  });

  test('of another kind than wanted is told apart, an error page too', async () => {
    const origin = await serve((_, res) => res.end('<html>log in</html>'));
    const result = await fetchFile(
      { contentUri: `${origin}/x`, kinds: ['audio'] },
      { wazzupBaseUrl: origin },
    );
    expect(failure(result)).toMatchObject({ _tag: 'MediaUnexpected', retryable: false });
  });

  test('may move within its host, not to another one, and not for ever', async () => {
    const other = await serve((_, res) => res.end(voice));
    const origin = await serve((req, res) => {
      if (req.url === '/moved') res.writeHead(302, { location: '/here' }).end();
      else if (req.url === '/away') res.writeHead(302, { location: `${other}/here` }).end();
      else if (req.url === '/metadata')
        res.writeHead(301, { location: 'http://169.254.169.254/latest' }).end();
      else if (req.url === '/circle') res.writeHead(307, { location: '/circle' }).end();
      else res.end(voice);
    });
    const from = (path: string) => fetchFile({ contentUri: `${origin}${path}` }, { wazzupBaseUrl: origin });
    expect(success(await from('/moved')).bytes.byteLength).toBe(voice.byteLength);
    for (const path of ['/away', '/metadata', '/circle'])
      expect(failure(await from(path))).toMatchObject({ _tag: 'MediaForbidden', retryable: false });
  });

  test('beyond the limit is cut off, declared or not; an empty one is told', async () => {
    let sent = 0;
    const origin = await serve((req, res) => {
      if (req.url === '/empty') return void res.end();
      if (req.url === '/declared') return void res.writeHead(200, { 'content-length': '5000000' }).end();
      const timer = setInterval(() => {
        sent += 1024;
        res.write(Buffer.alloc(1024));
      }, 1);
      res.on('close', () => clearInterval(timer));
    });
    const options = { wazzupBaseUrl: origin, maxBytes: 10_000 };
    for (const path of ['/declared', '/endless'])
      expect(failure(await fetchFile({ contentUri: `${origin}${path}` }, options))).toMatchObject({
        _tag: 'MediaSize',
        reason: 'too_large',
      });
    expect(sent).toBeLessThan(200_000);
    expect(failure(await fetchFile({ contentUri: `${origin}/empty` }, options))).toMatchObject({
      reason: 'empty',
    });
  });

  test('that is gone is final; a store that fails, hangs or breaks off may be tried again', async () => {
    const origin = await serve((req, res) => {
      if (req.url === '/gone') res.writeHead(404).end();
      else if (req.url === '/busy') res.writeHead(503, { 'retry-after': '7' }).end();
      else if (req.url === '/broken') {
        res.writeHead(200, { 'content-length': '1000' });
        res.write('half');
        setTimeout(() => res.destroy(), 20);
      }
    });
    const from = (path: string) =>
      fetchFile({ contentUri: `${origin}${path}` }, { wazzupBaseUrl: origin, timeoutMs: 300 });
    expect(failure(await from('/gone'))).toMatchObject({ _tag: 'MediaGone', status: 404, retryable: false });
    expect(failure(await from('/busy'))).toMatchObject({ retryable: true, retryAfterMs: 7000 });
    expect(failure(await from('/broken'))).toMatchObject({ _tag: 'MediaUnavailable', retryable: true });
    expect(failure(await from('/hangs'))).toMatchObject({ _tag: 'MediaUnavailable', retryable: true });
  });

  test('leaves its link out of errors', async () => {
    const result = await fetchFile(
      { contentUri: 'https://example.test/secret-link' },
      { wazzupBaseUrl: 'https://api.wazzup24.com/v3' },
    );
    expect(JSON.stringify(failure(result))).not.toContain('secret-link');
  });
});

describe('links that lead elsewhere', () => {
  const own = 'https://api.wazzup24.com';

  test.each([
    'https://example.test/x',
    'https://wazzup24.com.example.test/x',
    'https://notwazzup24.com/x',
    'http://store.wazzup24.com/x',
    'https://store.wazzup24.com:8443/x',
    'https://store.wazzup24.com@example.test/x',
    'https://user:pass@store.wazzup24.com/x',
    'http://127.0.0.1/x',
    'http://[::1]/x',
    'http://169.254.169.254/latest/meta-data',
    'https://2130706433/x',
    'https://0x7f000001/x',
    'https://0177.0.0.1/x',
    'https://127.1/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://[::ffff:7f00:1]/x',
    'https://store.wazzup24.com@127.0.0.1/x',
    'https://store.wazzup24.com.evil.test/x',
    'https://store.wazzup24.com%2eevil.test/x',
    'https://evilwazzup24.com/x',
    'file:///etc/passwd',
    'ftp://store.wazzup24.com/x',
    'data:audio/ogg;base64,T2dnUw==',
    '//store.wazzup24.com/x',
    'nonsense',
    '',
  ])('%s is refused', (uri) => {
    expect(allowedUrl(uri, own)).toBeNull();
  });

  test.each(['https://store.wazzup24.com/x', 'https://STORE.wazzup24.com./x', 'https://a.b.wazzup24.com/x'])(
    '%s is Wazzup’s',
    (uri) => {
      expect(allowedUrl(uri, own)?.isOwn).toBe(false);
    },
  );

  test('another port of the own host is another origin', () => {
    expect(allowedUrl('http://127.0.0.1:9001/x', 'http://127.0.0.1:9000')).toBeNull();
  });

  test.each([
    [[{ address: '127.0.0.1', family: 4 }]],
    [[{ address: '203.0.113.5', family: 4 }]],
    [[{ address: '::ffff:10.0.0.1', family: 6 }]],
    [
      [
        { address: '93.184.216.34', family: 4 },
        { address: '192.168.1.1', family: 4 },
      ],
    ],
    [[]],
  ])('a store name that resolves to %j is refused before a connection is made', async (addresses) => {
    const result = await fetchFile(
      { contentUri: 'https://store.wazzup24.com/x' },
      { wazzupBaseUrl: own, resolve: async () => addresses },
    );
    expect(failure(result)).toMatchObject({ _tag: 'MediaForbidden', retryable: false });
  });

  test('a name that does not resolve may be tried again', async () => {
    const result = await fetchFile(
      { contentUri: 'https://store.wazzup24.com/x' },
      {
        wazzupBaseUrl: own,
        resolve: () => Promise.reject(Object.assign(new Error('no'), { code: 'EAI_AGAIN' })),
      },
    );
    expect(failure(result)).toMatchObject({
      _tag: 'MediaUnavailable',
      message: expect.stringContaining('EAI_AGAIN'),
    });
  });
});

describe('public addresses', () => {
  test.each([
    ['8.8.8.8', true],
    ['172.15.0.1', true],
    ['172.16.0.1', false],
    ['100.64.1.1', false],
    ['0.0.0.0', false],
    ['255.255.255.255', false],
    ['2606:4700::1111', true],
    ['::1', false],
    ['::', false],
    ['::ffff:8.8.8.8', false],
    ['::127.0.0.1', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['fe80::1', false],
    ['fc00::1', false],
    ['ff02::1', false],
    ['not an address', false],
  ])('%s: %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });

  test('no IPv4 address becomes public by being written as IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
        expect(isPublicAddress(`::${address}`)).toBe(false);
        expect(isPublicAddress(`64:ff9b::${address}`)).toBe(false);
      }),
    );
  });
});
