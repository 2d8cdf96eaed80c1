/**
 * OpenAI's transcription in a box: real multipart over HTTP on loopback, with the vendor's checks and quirks (wire/06).
 * It knows the sample voice notes; in any other sound it hears no speech, rather than inventing a customer's words.
 */
import {
  type DoubleHandler,
  type DoubleRequest,
  type DoubleResponse,
  type DoubleServer,
  startDoubleServer,
} from '../double/double-server.ts';
import { audioSeconds } from './audio-duration.ts';
import { sniffMedia } from './media-type.ts';
import { knownSample } from './voice-samples.ts';

export interface WhisperDoubleOptions {
  /** 0 or unset takes a free port. */
  readonly port?: number;
  /** Unset: any bearer is taken. */
  readonly apiKey?: string;
}

export const WHISPER_FAULTS = ['rate-limit', 'no-credits', 'server-error', 'not-json', 'no-text'] as const;
export type WhisperFault = (typeof WHISPER_FAULTS)[number];

export interface WhisperDouble {
  /** The API's base, with the version: goes into `WHISPER_BASE_URL`. */
  readonly url: string;
  /** The request log and the transport's faults. Bodies are multipart with the sound in it. */
  readonly server: DoubleServer;
  /** The next `times` transcriptions go wrong like this (default 1). */
  readonly fail: (fault: WhisperFault, times?: number) => void;
  readonly close: () => Promise<void>;
}

/** Faults waiting to be played (G10). */
const MAX_PLANNED = 1000;
const MAX_BODY_BYTES = 26_214_400;
const MIN_SECONDS = 0.1;

/** Starts the double. */
export const startWhisperDouble = async (options: WhisperDoubleOptions = {}): Promise<WhisperDouble> => {
  const faults: WhisperFault[] = [];
  const guarded = (handler: DoubleHandler): DoubleHandler => {
    return (request) =>
      isAllowed(request, options.apiKey)
        ? handler(request)
        : failure(401, 'Incorrect API key provided.', 'invalid_api_key');
  };
  const server = await startDoubleServer({
    ...(options.port ? { port: options.port } : {}),
    routes: {
      'POST /v1/audio/transcriptions': guarded(async (request) => {
        const fault = faults.shift();
        return fault ? FAULTS[fault] : transcribe(request);
      }),
      'GET /v1/models': guarded(() => ({ status: 200, body: { object: 'list', data: MODEL_LIST } })),
    },
    notFound: () => failure(404, 'Invalid URL', null),
  });
  return {
    url: `${server.url}/v1`,
    server,
    fail: (fault, times = 1) => {
      for (let n = 0; n < times && faults.length < MAX_PLANNED; n++) faults.push(fault);
    },
    close: server.close,
  };
};

const failure = (
  status: number,
  message: string,
  code: string | null,
  type = 'invalid_request_error',
): DoubleResponse => ({
  status,
  headers: { 'x-request-id': 'req_sandbox' },
  body: { error: { message, type, param: null, code } },
});

const FAULTS: Readonly<Record<WhisperFault, DoubleResponse>> = {
  'rate-limit': {
    ...failure(429, 'Rate limit reached for requests', 'rate_limit_exceeded', 'requests'),
    headers: { 'retry-after': '2' },
  },
  'no-credits': failure(429, 'You exceeded your current quota', 'insufficient_quota', 'insufficient_quota'),
  'server-error': failure(500, 'The server had an error', null, 'server_error'),
  'not-json': { status: 200, body: '<html>gateway</html>' },
  'no-text': { status: 200, body: { usage: { type: 'duration', seconds: 1 } } },
};

const isAllowed = (request: DoubleRequest, apiKey: string | undefined): boolean => {
  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  return key !== undefined && (apiKey === undefined || key === apiKey);
};

const WHISPER = 'whisper-1';
const MODELS = [WHISPER, 'gpt-4o-transcribe', 'gpt-4o-mini-transcribe'];
const MODEL_LIST = MODELS.map((id) => ({ id, object: 'model', owned_by: 'sandbox' }));

/** The check is on the file's name, and the models differ in it (wire/06 §3). */
const EXTENSIONS = new Set(['flac', 'mp3', 'mp4', 'mpeg', 'mpga', 'm4a', 'ogg', 'wav', 'webm']);
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  [WHISPER]: ['json', 'text', 'srt', 'verbose_json', 'vtt'],
};

const readForm = async (request: DoubleRequest): Promise<FormData | null> => {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return null;
  try {
    return await new Response(Uint8Array.from(request.body), {
      headers: { 'content-type': type },
    }).formData();
  } catch {
    return null;
  }
};

const transcribe = async (request: DoubleRequest): Promise<DoubleResponse> => {
  if (request.body.byteLength > MAX_BODY_BYTES) {
    const message = `Maximum content size limit (${MAX_BODY_BYTES}) exceeded (${request.body.byteLength} bytes read)`;
    return failure(413, message, null, 'server_error');
  }
  const form = await readForm(request);
  const file = form?.get('file');
  const model = form?.get('model');
  if (form === null || !(file instanceof File)) return failure(400, 'file: field required', null);
  if (typeof model !== 'string' || !MODELS.includes(model))
    return failure(404, `The model '${String(model)}' does not exist`, 'model_not_found');
  const extension = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  if (!EXTENSIONS.has(extension) && !(extension === 'oga' && model === WHISPER))
    return failure(400, `Unsupported file format ${extension}`, 'unsupported_value');
  const format = form.get('response_format') ?? 'json';
  if (!(FORMATS[model] ?? ['json']).includes(String(format)))
    return failure(
      400,
      `response_format '${String(format)}' is not compatible with '${model}'`,
      'unsupported_value',
    );
  const language = form.get('language');
  if (typeof language === 'string' && !/^[a-z]{2}$/.test(language))
    return failure(
      400,
      'Invalid language. Language parameter must be specified in ISO-639-1 format.',
      'invalid_language_format',
    );
  return hear(new Uint8Array(await file.arrayBuffer()), model, String(format));
};

const hear = (bytes: Uint8Array, model: string, format: string): DoubleResponse => {
  const sample = knownSample(bytes);
  const seconds = sample?.seconds ?? audioSeconds(bytes) ?? 1;
  if (sample?.name === 'garbage' || sniffMedia(bytes).kind === 'unknown')
    return failure(400, 'The audio file could not be decoded or its format is not supported.', null);
  if (seconds < MIN_SECONDS)
    return failure(400, 'Audio file is too short. Minimum audio length is 0.1 seconds.', 'audio_too_short');
  const text = sample?.text ?? '';
  if (model !== WHISPER)
    return {
      status: 200,
      body: { text, usage: { type: 'tokens', input_tokens: 10, output_tokens: 9, total_tokens: 19 } },
    };
  // In silence whisper-1 hears words, and tells so only by its probabilities (wire/06 §4).
  const heard = text === '' ? 'Thank you for watching!' : text;
  if (format === 'text') return { status: 200, body: heard };
  const usage = { type: 'duration', seconds: Math.ceil(seconds) };
  if (format === 'json') return { status: 200, body: { text: heard, usage } };
  return {
    status: 200,
    body: {
      task: 'transcribe',
      language: sample?.language === 'ar' ? 'arabic' : 'english',
      duration: seconds,
      text: heard,
      segments: [segmentOf(heard, seconds, text === '')],
      usage,
    },
  };
};

const segmentOf = (text: string, seconds: number, isSilent: boolean) => ({
  id: 0,
  seek: 0,
  start: 0,
  end: seconds,
  text: ` ${text}`,
  tokens: [50_364],
  temperature: 0,
  avg_logprob: isSilent ? -1.27 : -0.21,
  compression_ratio: 0.9,
  no_speech_prob: isSilent ? 0.93 : 0.01,
});
