/**
 * Voice notes to text with the `openai` client (its own retries off, ours on: design 3), at OpenAI or any server with
 * the same route (wire/06 §1). A repeat costs money and nothing else. Speech and text are never logged or kept.
 */
import { Clock, Context, Effect, Layer, Redacted, Result, Semaphore } from 'effect';
import OpenAI from 'openai';
import { fetchWithBoundedErrors } from '../http/bounded-errors.ts';
import { retryAfterOf } from '../http/retry-after.ts';
import { audioSeconds } from './audio-duration.ts';
import {
  TranscriberBadReply,
  type TranscriberError,
  TranscriberUnreachable,
  TranscriberUnsupported,
} from './errors.ts';
import { failureOf } from './failure.ts';
import { sniffMedia } from './media-type.ts';
import { costUsd } from './price.ts';
import { readTranscript } from './reply.ts';

export * from './errors.ts';

export interface TranscribeRequest {
  readonly bytes: Uint8Array;
  /** As told by others, for the record only: the format is read from the bytes (lesson F-40). */
  readonly mime?: string;
  readonly fileName?: string;
  /** The language to expect. A wrong one makes the model translate, so leave it out unless it is known. */
  readonly languageHint?: 'en' | 'ar';
  /** Overrides the layer's. */
  readonly model?: string;
}

export interface Transcription {
  /** Empty when `noSpeech`. A customer's words: never logged. */
  readonly text: string;
  /** ISO 639-1; `null` when the model does not tell (gpt-4o). */
  readonly language: string | null;
  readonly seconds: number | null;
  /** Plain decimal US dollars: booked, or by the price list; `null` when unknown. */
  readonly costUsd: string | null;
  /** Silence or noise: answer as to a failed transcription. */
  readonly noSpeech: boolean;
}

export interface TranscriberOptions {
  /** With the version, `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly apiKey: Redacted.Redacted;
  readonly model: string;
  /** Of one call, the body included. */
  readonly timeoutMs?: number;
  readonly maxConcurrent?: number;
}

export class Transcriber extends Context.Service<
  Transcriber,
  {
    readonly transcribe: (request: TranscribeRequest) => Effect.Effect<Transcription, TranscriberError>;
    /** Lists the models: costs nothing, tells that address and key are in order. */
    readonly check: () => Effect.Effect<void, TranscriberError>;
  }
>()('treejar/adapters/whisper/Transcriber') {
  static readonly layer = (options: TranscriberOptions) =>
    Layer.sync(Transcriber, () => Transcriber.of(makeTranscriber(options)));
}

/** No vendor limit for this route; enough for voice notes (wire/06 §4). */
const DEFAULT_TIMEOUT_MS = 60_000;
const CHECK_TIMEOUT_MS = 5000;
/** Each call holds a file of up to 25 MB (G10). */
const DEFAULT_CONCURRENT = 8;
/** The vendor's 25 MB count the multipart frame too, which is below 4 kB (wire/06 §3). */
export const MAX_AUDIO_BYTES = 26_214_400 - 4096;
/** Shorter clips are refused by the vendor (wire/06 §3). */
export const MIN_AUDIO_SECONDS = 0.1;
/** Less holds no sound in any container: a WAV header alone has 44 bytes. */
const MIN_AUDIO_BYTES = 64;
/** Half an hour of speech is 50 kB of text; a list of models is below 200 kB. */
const MAX_REPLY_BYTES = 4 * 1024 * 1024;

const makeTranscriber = (options: TranscriberOptions): Transcriber['Service'] => {
  const client = new OpenAI({
    baseURL: options.baseUrl.replace(/(?<!\/)\/+$/, ''),
    apiKey: Redacted.value(options.apiKey),
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
    fetch: fetchWithBoundedErrors,
    fetchOptions: { redirect: 'error' },
  });
  const gate = Semaphore.makeUnsafe(options.maxConcurrent ?? DEFAULT_CONCURRENT);
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;

  const transcribe = Effect.fn('Transcriber.transcribe')(function* (request: TranscribeRequest) {
    const file = yield* Effect.fromResult(acceptedFile(request.bytes));
    const model = request.model ?? options.model;
    const body = yield* exchange(timeoutMs, (signal) =>
      client.audio.transcriptions
        .create(
          {
            file: file.file,
            model,
            response_format: isWhisper(model) ? 'verbose_json' : 'json',
            ...(request.languageHint ? { language: request.languageHint } : {}),
          },
          { signal, timeout: timeoutMs },
        )
        .asResponse(),
    ).pipe(gate.withPermits(1));
    const { cost, ...transcript } = yield* Effect.fromResult(readTranscript(body));
    const seconds = transcript.seconds ?? file.seconds;
    return { ...transcript, seconds, costUsd: costUsd(cost, model, seconds) };
  });

  const check = Effect.fn('Transcriber.check')(function* () {
    const body = yield* exchange(CHECK_TIMEOUT_MS, (signal) =>
      client.get('/models', { signal, timeout: CHECK_TIMEOUT_MS }).asResponse(),
    );
    if (body === undefined) {
      return yield* new TranscriberBadReply({
        message: 'The transcription vendor answered no JSON; check WHISPER_BASE_URL',
        retryable: true,
      });
    }
  });

  return { transcribe, check };
};

/** Only the Whisper family knows `verbose_json`, with the signs of silence in it; gpt-4o takes `json` alone (wire/06 §2). */
const isWhisper = (model: string): boolean => /whisper/i.test(model);

/** Containers that the vendor takes, by the extension it checks (wire/06 §3). MP4 may be a film, or sound alone. */
const ACCEPTED: ReadonlySet<string> = new Set(['flac', 'mp3', 'mp4', 'm4a', 'ogg', 'wav', 'webm']);

interface AcceptedFile {
  readonly file: File;
  readonly seconds: number | null;
}

/** The file as the vendor wants it, named by its bytes; or why it would be refused. */
const acceptedFile = (bytes: Uint8Array): Result.Result<AcceptedFile, TranscriberUnsupported> => {
  if (bytes.byteLength > MAX_AUDIO_BYTES)
    return unsupported('too_large', `The voice note is larger than ${MAX_AUDIO_BYTES} bytes`);
  const media = sniffMedia(bytes);
  if (!ACCEPTED.has(media.extension))
    return unsupported('format', `The voice note's format (${media.extension}) cannot be transcribed`);
  const seconds = audioSeconds(bytes);
  if (bytes.byteLength < MIN_AUDIO_BYTES || (seconds !== null && seconds < MIN_AUDIO_SECONDS))
    return unsupported('too_short', 'The voice note is too short');
  const file = new File([Uint8Array.from(bytes)], `voice.${media.extension}`, { type: media.mime });
  return Result.succeed({ file, seconds });
};

const unsupported = (reason: TranscriberUnsupported['reason'], what: string) =>
  Result.fail(
    new TranscriberUnsupported({
      reason,
      message: `${what}; ask the customer to type`,
      retryable: false,
    }),
  );

class TooLarge extends Error {}

/** One HTTP exchange: the JSON of a 2xx (`undefined` when it is none), or the typed failure. Aborts on interruption. */
const exchange = (
  timeoutMs: number,
  send: (signal: AbortSignal) => Promise<Response>,
): Effect.Effect<unknown, TranscriberError> =>
  Effect.tryPromise({
    try: async (signal) => readBounded(await send(signal)),
    catch: (cause) => cause,
  }).pipe(
    Effect.catch((cause) =>
      Clock.currentTimeMillis.pipe(Effect.flatMap((now) => Effect.fail(thrown(cause, now)))),
    ),
    Effect.timeoutOrElse({
      duration: timeoutMs,
      orElse: () => Effect.fail(unreachable(`gave no complete answer within ${timeoutMs} ms`)),
    }),
  );

const readBounded = async (response: Response): Promise<unknown> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_REPLY_BYTES) throw new TooLarge();
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
};

const thrown = (cause: unknown, now: number): TranscriberError => {
  if (cause instanceof TooLarge) {
    return new TranscriberBadReply({
      message: `The transcription vendor's answer is larger than ${MAX_REPLY_BYTES} bytes`,
      retryable: true,
    });
  }
  if (cause instanceof OpenAI.APIError && typeof cause.status === 'number') {
    const wait = retryAfterOf(cause.headers?.get('retry-after') ?? null, now);
    return failureOf(cause.status, cause.error, wait);
  }
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const code = inner instanceof Error ? ((inner as NodeJS.ErrnoException).code ?? inner.name) : 'unknown';
  return unreachable(`could not be reached (${code})`);
};

const unreachable = (what: string) =>
  new TranscriberUnreachable({
    message: `The transcription vendor ${what}; the call may be tried again`,
    retryable: true,
  });
