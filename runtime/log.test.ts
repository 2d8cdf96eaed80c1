import { Effect, Redacted } from 'effect';
import { describe, expect, it } from 'vitest';
import { effectLogger, makeLog } from './log.ts';

const PHONE = '971501234567';
const record = (options: { level?: 'debug' | 'info'; format?: 'json' | 'pretty' } = {}) => {
  const lines: string[] = [];
  const log = makeLog({
    level: options.level ?? 'info',
    format: options.format ?? 'json',
    hashKey: Redacted.make('k'),
    write: (line) => lines.push(line),
  });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown> };
};

describe('the log', () => {
  it('writes one JSON line with level, time, message and fields', () => {
    const { log, last } = record();
    log
      .child({ replica: 'r1' })
      .info({ events: 3, waitedMs: 1795366263098, ids: ['a', 'b'] }, 'batch applied');
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      replica: 'r1',
      events: 3,
      waitedMs: 1795366263098,
      ids: ['a', 'b'],
      msg: 'batch applied',
    });
  });

  it('keeps quiet below its level', () => {
    const { log, lines } = record();
    log.debug({}, 'detail');
    expect(lines).toEqual([]);
  });

  it('drops the words, names and addresses of customers, and secrets, at any depth', () => {
    const { log, lines, last } = record();
    log.warn(
      {
        text: 'I want ten chairs',
        deep: {
          list: [{ customerName: 'Aisha Khan', name: 'Aisha', email: 'a@b.ae', Phone: PHONE, sku: 'CH-1' }],
        },
        authorization: 'Bearer abc',
        api_key: 'k-123',
        botToken: 't-123',
        secretThing: Redacted.make('hidden'),
        queueName: 'follow-ups',
      },
      'dropped',
    );
    const line = lines.join('');
    for (const word of ['chairs', 'Aisha', 'a@b.ae', PHONE, 'abc', 'k-123', 't-123', 'hidden'])
      expect(line).not.toContain(word);
    expect(last()).toMatchObject({
      deep: { list: [{ sku: 'CH-1' }] },
      queueName: 'follow-ups',
      secretThing: '[secret]',
    });
  });

  it('turns ids that hold a phone into the same reference everywhere', () => {
    const { log, lines, last } = record();
    const id = `wz:channel-1:${PHONE}`;
    log.info({ actorId: id, chatId: PHONE, eventId: `wz:${PHONE}` }, `parked ${id}: retry`);
    expect(lines.join('')).not.toContain(PHONE);
    expect(last()).toMatchObject({ actorId: log.keyedHash(id), msg: `parked ${log.keyedHash(id)}: retry` });
    log.info({ actorId: log.keyedHash(id) }, 'hashed once, not twice');
    expect(last().actorId).toBe(log.keyedHash(id));
  });

  it('scrubs phones, e-mail addresses and tokens out of messages and errors', () => {
    const { log, lines, last } = record();
    const cause = new Error(
      `no contact for +971 50 123-4567 <a.khan@example.ae>, Authorization: Bearer s3cr3t.token`,
    );
    log.error({ error: new Error('lookup failed', { cause }) }, `chat ${PHONE} failed`);
    const line = lines.join('');
    for (const word of ['971', '123-4567', 'a.khan', 's3cr3t']) expect(line).not.toContain(word);
    expect(last()).toMatchObject({
      msg: 'chat [number] failed',
      error: { type: 'Error', message: 'lookup failed' },
    });
  });

  it('leaves what only looks like a number: times, ids, versions, amounts', () => {
    const { log, last } = record();
    const harmless =
      '2026-11-22T16:20:57.931Z 3f2b8c1e-1234-4321-9876-123456789012 24.21.0 1250.00 AED 127.0.0.1:8000';
    log.info({}, harmless);
    expect(last().msg).toBe(harmless);
  });

  it('bounds what one line may hold', () => {
    const { log, lines } = record();
    const loop: Record<string, unknown> = {};
    loop.again = loop;
    log.info(
      { long: 'x'.repeat(1e6), many: Array.from({ length: 1e4 }, () => 1), loop, bytes: new Uint8Array(9) },
      'big',
    );
    expect(lines[0]?.length).toBeLessThan(5000);
    expect(lines[0]).toContain('[9 bytes]');
  });

  it('is readable on a terminal', () => {
    const { log, lines } = record({ format: 'pretty' });
    log.error({ vendor: 'wazzup', error: new Error('boom') }, 'send failed');
    const plain = lines.join('').replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');
    expect(plain).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} error send failed vendor=wazzup error=\{"type":"Error","message":"boom"\}\n {4}at /,
    );
  });

  it('takes over what Effect logs, with annotations and causes', async () => {
    const { log, lines } = record({ level: 'debug' });
    await Effect.runPromise(
      Effect.logError('send failed', new Error('boom')).pipe(
        Effect.andThen(Effect.logDebug('detail')),
        Effect.annotateLogs({ vendor: 'wazzup', phone: PHONE }),
        Effect.provide(effectLogger(log)),
      ),
    );
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      msg: 'send failed',
      vendor: 'wazzup',
      error: { message: 'boom' },
    });
    expect(lines.join('')).not.toContain(PHONE);
  });
});
