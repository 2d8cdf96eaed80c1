/** Contract tests of the transcriber against the double over real HTTP. Each names the fact of wire/06 or the lesson. */
import { createServer } from 'node:http';
import { Effect, Fiber, Redacted, Result } from 'effect';
import { afterEach, describe, expect, test } from 'vitest';
import { startWhisperDouble, type WhisperDouble } from './double.ts';
import { silentOpusFile } from './opus-file.ts';
import { costUsd } from './price.ts';
import { readTranscript } from './reply.ts';
import { voiceSample } from './voice-samples.ts';
import { MAX_AUDIO_BYTES, type TranscribeRequest, Transcriber, type TranscriberOptions } from './whisper.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const start = async (): Promise<WhisperDouble> => {
  const double = await startWhisperDouble({ apiKey: 'sk-1' });
  open.push(double);
  return double;
};

const using = <A, E>(
  url: string,
  use: (transcriber: Transcriber['Service']) => Effect.Effect<A, E>,
  options: Partial<TranscriberOptions> = {},
) =>
  Effect.gen(function* () {
    return yield* use(yield* Transcriber);
  }).pipe(
    Effect.provide(
      Transcriber.layer({
        baseUrl: url,
        apiKey: Redacted.make('sk-1'),
        model: 'whisper-1',
        timeoutMs: 5000,
        ...options,
      }),
    ),
  );
const transcribe = (
  url: string,
  request: Partial<TranscribeRequest> = {},
  options: Partial<TranscriberOptions> = {},
) =>
  Effect.runPromise(
    Effect.result(
      using(url, (it) => it.transcribe({ bytes: voiceSample('english').bytes, ...request }), options),
    ),
  );
const success = <A, E>(result: Result.Result<A, E>): A => Result.getOrThrow(result);
const failure = <A, E>(result: Result.Result<A, E>): E => Result.getOrThrow(Result.flip(result));

describe('a voice note', () => {
  test('is heard in English, with language, length and price (domain 16.5)', async () => {
    const double = await start();
    expect(success(await transcribe(double.url))).toEqual({
      text: voiceSample('english').text,
      language: 'en',
      seconds: 4.2,
      costUsd: '0.0004',
      noSpeech: false,
    });
  });

  test('is heard in Arabic', async () => {
    const double = await start();
    const heard = success(
      await transcribe(double.url, { bytes: voiceSample('arabic').bytes, languageHint: 'ar' }),
    );
    expect(heard).toMatchObject({ text: voiceSample('arabic').text, language: 'ar', noSpeech: false });
    expect(double.server.log[0]?.body).toMatch(/name="language"\r\n\r\nar\r\n/);
  });

  test('is sent under a name made of its bytes, whatever it was called (wire/00 fact 10, F-40)', async () => {
    const double = await start();
    success(await transcribe(double.url, { fileName: 'PTT-1.opus', mime: 'audio/mpeg' }));
    expect(double.server.log[0]?.body).toContain('filename="voice.ogg"');
    expect(double.server.log[0]?.body).toContain('Content-Type: audio/ogg');
    expect(double.server.log[0]?.body).not.toContain('PTT-1');
  });

  test('asks whisper-1 for verbose_json and gpt-4o for json, which knows no language but has a length', async () => {
    const double = await start();
    success(await transcribe(double.url));
    expect(double.server.log[0]?.body).toContain('verbose_json');
    const heard = success(await transcribe(double.url, { model: 'gpt-4o-mini-transcribe' }));
    expect(double.server.log[1]?.body).not.toContain('verbose_json');
    expect(heard).toEqual({
      text: voiceSample('english').text,
      language: null,
      seconds: 4.2,
      costUsd: '0.0002',
      noSpeech: false,
    });
  });

  test.each(['whisper-1', 'gpt-4o-transcribe'])(
    'of silence has no text with %s, though whisper-1 invents some',
    async (model) => {
      const double = await start();
      const heard = success(await transcribe(double.url, { bytes: voiceSample('silence').bytes, model }));
      expect(heard).toMatchObject({ text: '', noSpeech: true, seconds: 2.4 });
    },
  );
});

describe('a file that cannot be heard', () => {
  test.each<[string, string, Uint8Array]>([
    ['AMR', 'format', Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(500, 1)])],
    ['a photo', 'format', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500)])],
    ['an error page', 'format', Buffer.from(`<html>${'x'.repeat(500)}`)],
    ['nothing', 'format', new Uint8Array()],
    ['a blip of 60 ms', 'too_short', silentOpusFile('blip', 0.06)],
    ['25 MB', 'too_large', Buffer.concat([Buffer.from('OggS'), Buffer.alloc(MAX_AUDIO_BYTES)])],
  ])('%s is refused without asking the vendor: %s', async (_, reason, bytes) => {
    const double = await start();
    expect(failure(await transcribe(double.url, { bytes }))).toMatchObject({
      _tag: 'TranscriberUnsupported',
      reason,
      retryable: false,
      message: expect.stringContaining('ask the customer to type'),
    });
    expect(double.server.log).toHaveLength(0);
  });

  test("the largest accepted file stays below the vendor's limit with its frame", async () => {
    const double = await start();
    const bytes = Buffer.concat([voiceSample('english').bytes, Buffer.alloc(MAX_AUDIO_BYTES)]).subarray(
      0,
      MAX_AUDIO_BYTES,
    );
    success(await transcribe(double.url, { bytes }, { timeoutMs: 20_000 }));
  });

  test("garbage is the vendor's 400: final", async () => {
    const double = await start();
    expect(failure(await transcribe(double.url, { bytes: voiceSample('garbage').bytes }))).toMatchObject({
      _tag: 'TranscriberRejected',
      retryable: false,
    });
  });
});

describe('a failing vendor', () => {
  test('a wrong key and an empty account need an operator; the same 429 may also mean wait (wire/06 §4)', async () => {
    const double = await start();
    const wrongKey = await transcribe(double.url, {}, { apiKey: Redacted.make('no') });
    expect(failure(wrongKey)).toMatchObject({ _tag: 'TranscriberAccount', reason: 'key', retryable: false });
    double.fail('no-credits');
    expect(failure(await transcribe(double.url))).toMatchObject({ reason: 'credits', retryable: false });
    double.fail('rate-limit');
    expect(failure(await transcribe(double.url))).toMatchObject({
      _tag: 'TranscriberRateLimited',
      retryable: true,
      retryAfterMs: 2000,
    });
  });

  test('is asked once: retries belong to the runner', async () => {
    const double = await start();
    double.fail('server-error');
    expect(failure(await transcribe(double.url))).toMatchObject({
      _tag: 'TranscriberUnavailable',
      retryable: true,
    });
    expect(double.server.log).toHaveLength(1);
  });

  test('answers that are no transcription may be tried again', async () => {
    const double = await start();
    for (const fault of ['not-json', 'no-text'] as const) {
      double.fail(fault);
      expect(failure(await transcribe(double.url))).toMatchObject({
        _tag: 'TranscriberBadReply',
        retryable: true,
      });
    }
  });

  test('an unknown model is final and names the setting', async () => {
    const double = await start();
    expect(failure(await transcribe(double.url, { model: 'chatty' }))).toMatchObject({
      _tag: 'TranscriberRejected',
      code: 'model_not_found',
      message: expect.stringContaining('WHISPER_MODEL'),
    });
  });

  test('slow bodies and broken connections may be tried again', async () => {
    const double = await start();
    double.server.addFault({ slowBodyMs: 50, times: 1 });
    expect(failure(await transcribe(double.url, {}, { timeoutMs: 200 }))).toMatchObject({
      _tag: 'TranscriberUnreachable',
      retryable: true,
    });
    double.server.addFault({ dropBefore: true, times: 1 });
    expect(failure(await transcribe(double.url))).toMatchObject({ _tag: 'TranscriberUnreachable' });
  });

  test('errors never repeat what the vendor said: it can quote the customer', async () => {
    const double = await start();
    const body = { error: { message: 'SECRET WORDS', code: 'bad SECRET WORDS', type: 'x y' } };
    for (const status of [400, 403, 413, 422, 429, 500]) {
      double.server.addFault({ respond: { status, body }, times: 1 });
      expect(JSON.stringify(failure(await transcribe(double.url)))).not.toContain('SECRET');
    }
  });

  test('redirects are refused: they would carry the key and the speech away', async () => {
    const double = await start();
    double.server.addFault({
      respond: { status: 307, headers: { location: `${double.url}/elsewhere` } },
      times: 1,
    });
    expect(failure(await transcribe(double.url))).toMatchObject({ retryable: true });
    expect(double.server.log).toHaveLength(1);
  });

  test('interruption closes the connection', async () => {
    let closed = false;
    const server = createServer((req) => void req.socket.on('close', () => (closed = true)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const program = Effect.gen(function* () {
      const fiber = yield* Effect.forkChild(
        using(`http://127.0.0.1:${port}/v1`, (it) => it.transcribe({ bytes: voiceSample('english').bytes })),
      );
      yield* Effect.sleep(150);
      yield* Fiber.interrupt(fiber);
    });
    await Effect.runPromise(program);
    await expect.poll(() => closed).toBe(true);
    server.close();
  });
});

describe('check', () => {
  test('passes with a good key and fails with a wrong one', async () => {
    const double = await start();
    await Effect.runPromise(using(double.url, (it) => it.check()));
    const wrong = using(double.url, (it) => it.check(), { apiKey: Redacted.make('no') });
    expect(failure(await Effect.runPromise(Effect.result(wrong)))).toMatchObject({ reason: 'key' });
  });
});

describe('reading an answer', () => {
  test('keeps the spoken parts of a note that is silent in between', () => {
    const segment = (text: string, no_speech_prob: number, avg_logprob: number) => ({
      text,
      no_speech_prob,
      avg_logprob,
    });
    const read = success(
      readTranscript({
        text: 'Four chairs. Thank you for watching! And a desk.',
        segments: [
          segment(' Four chairs.', 0.1, -0.2),
          segment(' Thank you for watching!', 0.9, -1.4),
          segment(' And a desk.', 0.7, -0.3),
        ],
      }),
    );
    expect(read).toMatchObject({ text: 'Four chairs. And a desk.', noSpeech: false });
  });

  test('takes the cost that OpenRouter books (wire/06 §5)', () => {
    const read = success(readTranscript({ text: 'hi', usage: { seconds: 3.9, cost: 0.0002 } }));
    expect(costUsd(read.cost, 'openai/gpt-4o-mini-transcribe', read.seconds)).toBe('0.0002');
  });

  test('prices by the list, or not at all', () => {
    expect(costUsd(null, 'openai/gpt-4o-mini-transcribe-2025-12-15', 60)).toBe('0.003');
    expect(costUsd(null, 'whisper-1', 0.2)).toBe('0');
    expect(costUsd(null, 'someone-else', 60)).toBeNull();
    expect(costUsd(null, 'whisper-1', null)).toBeNull();
  });
});
