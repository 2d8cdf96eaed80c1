/** Registration against the double: whom it takes the webhooks from, and what it says when the vendor refuses. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Effect, Redacted } from 'effect';
import { afterEach, describe, expect, it } from 'vitest';
import { startWazzupDouble, type WazzupDouble } from '../adapters/wazzup/double.ts';
import { Wazzup } from '../adapters/wazzup/wazzup.ts';
import { register } from './wazzup-register.ts';

const SECRET = 'a-secret-that-nobody-may-read';
const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const vendor = async (): Promise<WazzupDouble> => {
  const double = await startWazzupDouble({ channelId: 'c1' });
  open.push(double.close);
  return double;
};

/** A shop that takes webhooks at its own secret only. */
const shop = async (secret = SECRET): Promise<string> => {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(request.url === `/api/v1/webhook/wazzup/${secret}` ? 200 : 401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const run = async (
  double: WazzupDouble,
  publicUrl: string,
  more: { yes?: boolean; secret?: string } = {},
) => {
  const lines: string[] = [];
  const wazzup = await Effect.runPromise(
    Effect.provide(Wazzup, Wazzup.layer({ baseUrl: double.url, apiKey: Redacted.make('key') })),
  );
  const code = await register({
    wazzup,
    publicUrl,
    secret: Redacted.make(more.secret ?? SECRET),
    yes: more.yes ?? false,
    say: (line) => lines.push(line),
  });
  const text = lines.join('\n');
  expect(text).not.toContain(SECRET);
  return { code, text };
};

const changes = (double: WazzupDouble) => double.server.log.filter(({ method }) => method === 'PATCH').length;

describe('npm run wazzup:register', () => {
  it('registers where nobody is, and again without a question', async () => {
    const [double, url] = [await vendor(), await shop()];
    expect(await run(double, url)).toMatchObject({ code: 0, text: expect.stringContaining('nowhere yet') });
    expect(await run(double, url)).toMatchObject({ code: 0 });
    const body = JSON.parse(double.server.log.find(({ method }) => method === 'PATCH')?.body ?? '{}');
    expect(body).toEqual({
      webhooksUri: `${url}/api/v1/webhook/wazzup/${SECRET}`,
      subscriptions: {
        messagesAndStatuses: true,
        channelsUpdates: true,
        contactsAndDealsCreation: false,
        templateStatus: true,
      },
    });
  });

  it('takes nothing from somebody else without --yes, and hides their secret', async () => {
    const [double, url] = [await vendor(), await shop()];
    double.setWebhook('https://crm.example.test/hooks/9f2c9f2c9f2c9f2c?token=theirs');
    const first = await run(double, url);
    expect(first.code).toBe(2);
    expect(first.text).toContain('https://crm.example.test/hooks/…?…');
    expect(first.text).toContain('--yes');
    expect(changes(double)).toBe(0);
    expect((await run(double, url, { yes: true })).code).toBe(0);
  });

  it('asks when another shop of the same host would lose them', async () => {
    const [double, url] = [await vendor(), await shop()];
    double.setWebhook(`${url}/api/v1/webhook/wazzup2/x`);
    expect((await run(double, url)).code).toBe(2);
  });

  it('may change its own secret without --yes', async () => {
    const [double, url] = [await vendor(), await shop()];
    double.setWebhook(`${url}/api/v1/webhook/wazzup/the-old-secret`);
    expect((await run(double, url)).code).toBe(0);
  });

  it('says that the running shop has another secret', async () => {
    const [double, url] = [await vendor(), await shop('other')];
    const { code, text } = await run(double, url);
    expect([code, changes(double)]).toEqual([1, 1]);
    expect(text).toContain('another WAZZUP_WEBHOOK_SECRET');
  });

  it('says that nobody answers at the address', async () => {
    const double = await vendor();
    const { code, text } = await run(double, 'http://127.0.0.1:1');
    expect(code).toBe(1);
    expect(text).toContain('nothing answers');
  });

  it('says which variable makes the address unusable', async () => {
    const double = await vendor();
    expect(await run(double, 'shop.example.test')).toMatchObject({
      code: 1,
      text: expect.stringContaining('PUBLIC_URL'),
    });
    expect(await run(double, 'https://shop.example.test', { secret: 'x'.repeat(200) })).toMatchObject({
      code: 78,
      text: expect.stringContaining('WAZZUP_WEBHOOK_SECRET'),
    });
  });

  it('passes on what the vendor says about the key', async () => {
    const double = await vendor();
    double.server.addFault({ respond: { status: 401 } });
    expect(await run(double, 'https://shop.example.test')).toMatchObject({
      code: 1,
      text: expect.stringContaining('WAZZUP_API_KEY'),
    });
  });
});
