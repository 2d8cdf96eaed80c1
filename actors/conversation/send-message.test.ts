/** What a queued message becomes on the vendor's wire: a template, or a text cut to what the channel takes. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Effect, Layer, Redacted, Result } from 'effect';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { VendorCircuitOpen } from '../../adapters/http/vendor-client.ts';
import type { LimiterShape } from '../../adapters/redis/limiter.ts';
import {
  startWazzupDouble,
  type WazzupDouble,
  type WazzupDoubleOptions,
} from '../../adapters/wazzup/double.ts';
import { Wazzup } from '../../adapters/wazzup/wazzup.ts';
import type { SendInput } from '../../machines/conversation/actors.ts';
import { MediaLinks, SENT_LINK_TTL_MS } from '../media/media-links.ts';
import { messageUuid, SAFE_REPEAT_MS, sendMessage } from './send-message.ts';
import { SentMessages } from './sent-messages.ts';

const CHAT = '15555550142';
const COMMAND = 'wz:c1:15555550142:7:sendMessage';
const open: WazzupDouble[] = [];
afterEach(async () => {
  for (const double of open.splice(0)) await double.close();
});

/** Our own server, from which the vendor fetches. */
let files: Server;
let filesUrl: string;
beforeAll(async () => {
  files = createServer((request, response) => {
    const type = request.url?.includes('.pdf') ? 'application/pdf' : 'image/png';
    response.writeHead(request.url?.includes('gone') ? 404 : 200, { 'content-type': type }).end('bytes');
  });
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  filesUrl = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => files.close(resolve)));

const vendor = async (options: Partial<WazzupDoubleOptions> = {}): Promise<WazzupDouble> => {
  const double = await startWazzupDouble({ channelId: 'c1', retryForMs: 0, ...options });
  open.push(double);
  return double;
};

interface Try {
  readonly attempt?: number;
  /** How long ago the first one was, ms. */
  readonly agoMs?: number;
  /** Parts that came back as echoes. */
  readonly out?: number;
  /** Echoes came back that nobody has read. */
  readonly unread?: boolean;
  /** How long the pace holds a send up, ms. */
  readonly heldMs?: number;
}

const send = (
  double: WazzupDouble,
  more: Partial<SendInput>,
  { attempt = 1, agoMs = 0, out = 0, unread = false, heldMs = 0 }: Try = {},
  wazzup = Wazzup.layer({ baseUrl: double.url, apiKey: Redacted.make('key'), limiter: holding(heldMs) }),
) => {
  const input = { localId: 'm1', channelId: 'c1', chatId: CHAT, text: '', by: 'manager' as const, ...more };
  const info = {
    actorId: 'wz:c1:15555550142',
    commandId: COMMAND,
    attempt,
    firstAttemptAt: Date.now() - agoMs,
    reconcileMs: 0,
  };
  const layer = Layer.mergeAll(
    wazzup,
    Layer.succeed(SentMessages, { look: () => Effect.succeed({ partsOut: out, echoesWait: unread }) }),
    Layer.succeed(MediaLinks, { sign: (path, ttlMs) => `${filesUrl}/media/${path}?ttl=${ttlMs}` }),
  );
  return Effect.runPromise(Effect.result(Effect.provide(sendMessage(input, info), layer)));
};

/** Lets the first who asks wait. */
const holding = (heldMs: number): LimiterShape => {
  let asked = heldMs === 0;
  return {
    take: () =>
      Effect.sync(() => {
        if (asked) return { allowed: true, remaining: 1 } as const;
        asked = true;
        return { allowed: false, retryAfterMs: heldMs } as const;
      }),
  };
};

const bodies = (double: WazzupDouble) =>
  double.server.log.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));
/** Sentences, so that there are seams to cut at. */
const longText = (chars: number) =>
  'A fine chair it is. '
    .repeat(Math.ceil(chars / 20))
    .slice(0, chars)
    .trim();

describe('a template', () => {
  const template = { id: '0a1b2c3d-0000-4000-8000-000000000005', values: ['Omar', 'Q-1'] };

  it('goes in place of its text, with the command’s id, and once', async () => {
    const double = await vendor({ transport: 'wapi' });
    const text = 'what the transcript shows';
    const first = await send(double, { text, template });
    expect(Result.getOrThrow(first).providerIds).toHaveLength(1);
    expect(Result.getOrThrow(await send(double, { text, template }, { attempt: 2 })).providerIds).toEqual([]);
    expect(double.simulator.chat(CHAT)).toMatchObject([{ text: expect.stringContaining('Hello Omar') }]);
    expect(bodies(double)[0]).toMatchObject({
      templateId: template.id,
      templateValues: template.values,
      crmMessageId: messageUuid(COMMAND, 0, 0),
    });
    expect(bodies(double)[0]).not.toHaveProperty('text');
  });
});

describe('a long text', () => {
  it('is one message where the channel takes it, several where it does not', async () => {
    const [personal, business] = [await vendor(), await vendor({ transport: 'wapi' })];
    const text = longText(2500);
    await send(personal, { text });
    await send(business, { text });
    expect(bodies(personal)).toHaveLength(1);
    const parts = bodies(business).map((body) => body.text as string);
    expect(parts.length).toBeGreaterThan(2);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(1024);
    expect(parts.join(' ')).toBe(text);
  });

  it('of the usual length does not make the channel a question', async () => {
    const double = await vendor();
    await send(double, { text: longText(900) });
    expect(double.server.log.map(({ path }) => path)).toEqual(['/v3/message']);
  });

  it('waits while the channel cannot be asked: the next try must not cut elsewhere', async () => {
    const double = await vendor({ transport: 'wapi' });
    double.server.addFault({ path: /channels/, times: 1, respond: { status: 500 } });
    const text = longText(2500);
    expect(Result.getOrThrow(Result.flip(await send(double, { text })))).toMatchObject({ retryable: true });
    expect(bodies(double)).toEqual([]);
    Result.getOrThrow(await send(double, { text }, { attempt: 2 }));
    expect(
      bodies(double)
        .map((body) => body.text)
        .join(' '),
    ).toBe(text);
  });
});

describe('a file', () => {
  const file = {
    path: 'quotations/ab/Quotation-1-R1.pdf',
    name: 'Quotation-1-R1.pdf',
    kind: 'document' as const,
  };

  it('goes before its text and apart from it, by a fresh link, once however often it is tried', async () => {
    const double = await vendor();
    const first = await send(double, { file, text: 'Does it suit?' });
    expect(Result.getOrThrow(first).providerIds).toHaveLength(2);
    await send(double, { file, text: 'Does it suit?' }, { attempt: 2 });
    expect(double.simulator.chat(CHAT).map(({ kind, text }) => [kind, text])).toEqual([
      ['document', ''],
      ['text', 'Does it suit?'],
    ]);
    const [sent, question] = bodies(double);
    expect(sent).toMatchObject({
      contentUri: `${filesUrl}/media/${file.path}?ttl=${SENT_LINK_TTL_MS}`,
      clearUnanswered: false,
    });
    expect(sent).not.toHaveProperty('text');
    expect(question).not.toHaveProperty('contentUri');
    expect(sent.crmMessageId).not.toBe(question.crmMessageId);
  });

  it('needs no words', async () => {
    const double = await vendor();
    const photo = { path: 'products/ab.png', name: 'CH-616.png', kind: 'image' as const };
    await send(double, { file: photo, text: '' });
    expect(bodies(double)).toHaveLength(1);
    expect(double.simulator.chat(CHAT)).toMatchObject([{ kind: 'image' }]);
  });

  it('that the vendor cannot fetch now is tried again, and nothing is said about it meanwhile', async () => {
    const double = await vendor();
    const gone = await send(double, { file: { ...file, path: 'gone.pdf' }, text: 'Does it suit?' });
    expect(Result.getOrThrow(Result.flip(gone))).toMatchObject({ _tag: 'WazzupRejected', retryable: true });
    expect(double.simulator.chat(CHAT)).toEqual([]);
    // Our server is back: a restart starts programs before it listens.
    await send(double, { file, text: 'Does it suit?' }, { attempt: 2 });
    expect(double.simulator.chat(CHAT)).toHaveLength(2);
  });
});

describe('after the minute in which the vendor remembers', () => {
  const file = { path: 'q/Quotation-1-R1.pdf', name: 'Quotation-1-R1.pdf', kind: 'document' as const };
  const LATE = { attempt: 2, agoMs: SAFE_REPEAT_MS + 1000 };

  it('a message whose parts all came back is not sent again', async () => {
    const double = await vendor();
    const sent = await send(double, { file, text: 'Does it suit?' }, { ...LATE, out: 2 });
    expect(Result.getOrThrow(sent)).toMatchObject({ providerIds: [], unnamed: 2 });
    expect(bodies(double)).toEqual([]);
  });

  it('what did not come back is sent, and nothing else: half a message is neither lost nor doubled', async () => {
    const double = await vendor();
    // Half of it left before the process died; no echo of the rest will ever come.
    const sent = await send(double, { file, text: 'Does it suit?' }, { ...LATE, out: 1 });
    expect(Result.getOrThrow(sent)).toMatchObject({ providerIds: [expect.any(String)], unnamed: 1 });
    expect(double.simulator.chat(CHAT)).toMatchObject([{ text: 'Does it suit?' }]);
    expect(bodies(double)[0].crmMessageId).toBe(messageUuid(COMMAND, 1, 0));
  });

  it('nothing is sent while echoes wait to be read: one of them may be its own', async () => {
    const double = await vendor();
    const late = await send(double, { text: 'Does it suit?' }, { ...LATE, unread: true });
    expect(Result.getOrThrow(Result.flip(late))).toMatchObject({
      _tag: 'SendUnsettled',
      retryable: true,
      unsent: true,
    });
    expect(bodies(double)).toEqual([]);
  });

  it('a try that waited for its turn until then does not leave with the old id', async () => {
    const double = await vendor();
    const held = { attempt: 2, agoMs: SAFE_REPEAT_MS - 100, heldMs: 1000 };
    const cut = await send(double, { text: 'Does it suit?' }, held);
    expect(Result.getOrThrow(Result.flip(cut))).toMatchObject({ _tag: 'SendCut', retryable: true });
    expect(bodies(double)).toEqual([]);
  });

  it('is told of a part that left when the circuit opened before the next one: the attempt counts', async () => {
    const double = await vendor();
    const opens = Effect.fail(
      new VendorCircuitOpen({ vendor: 'Wazzup', message: 'left alone', retryable: true, retryAfterMs: 900 }),
    );
    const wazzup = Layer.effect(
      Wazzup,
      Effect.map(Wazzup, (real) => Wazzup.of({ ...real, sendText: () => opens })),
    ).pipe(Layer.provide(Wazzup.layer({ baseUrl: double.url, apiKey: Redacted.make('key') })));
    const half = Result.getOrThrow(
      Result.flip(await send(double, { file, text: 'Does it suit?' }, {}, wazzup)),
    );
    expect(half).toMatchObject({ _tag: 'SendCut', retryable: true, retryAfterMs: 900 });
    expect(half).not.toHaveProperty('unsent');
    const none = Result.getOrThrow(Result.flip(await send(double, { text: 'Does it suit?' }, {}, wazzup)));
    expect(none).toMatchObject({ _tag: 'VendorCircuitOpen', unsent: true });
  });
});
