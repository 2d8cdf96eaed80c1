/**
 * OpenRouter in a box: chat completions over real HTTP on loopback, played by a rule-based salesperson who uses the
 * tools it is offered, in English and Arabic, and by faults on demand. `npm start` runs it when no key is set.
 */
import { randomUUID } from 'node:crypto';
import { Result } from 'effect';
import {
  type DoubleHandler,
  type DoubleRequest,
  type DoubleResponse,
  type DoubleServer,
  startDoubleServer,
} from '../double/double-server.ts';
import { misbehave } from './salesperson/adversary.ts';
import { type Asked, type Move, respond } from './salesperson/salesperson.ts';
import { choiceOf, completionBody, readRequest } from './sandbox-completion.ts';
import { worded } from './sandbox-draft.ts';
import { MODEL_FAULTS, type ModelFault, spoil } from './sandbox-faults.ts';
import { pause } from './sandbox-pause.ts';
import { looked } from './sandbox-sight.ts';
import { streamOf } from './sandbox-stream.ts';
import { summarised } from './sandbox-summary.ts';
import { type JudgeNoise, judged } from './sandbox-verdict.ts';

export type { Move } from './salesperson/salesperson.ts';
export type { ModelFault } from './sandbox-faults.ts';

export interface OpenRouterDoubleOptions {
  /** 0 or unset takes a free port. */
  readonly port?: number;
  /** Unset: any bearer is taken. */
  readonly apiKey?: string;
  /** How long the model thinks, ms. Default 0. */
  readonly latencyMs?: number;
  /** Between two chunks of a streamed answer, ms. Default {@link CHUNK_MS}. */
  readonly chunkMs?: number;
  readonly now?: () => number;
}

export interface OpenRouterDouble {
  /** The API's base, with the version: goes into `OPENROUTER_BASE_URL`. */
  readonly url: string;
  /** The request log and the transport's faults. */
  readonly server: DoubleServer;
  /** The next `times` completions go wrong like this (default 1). */
  readonly fail: (fault: ModelFault, times?: number) => void;
  /** The next completions are these moves, in order, instead of the salesperson's. */
  readonly script: (...moves: readonly Move[]) => void;
  readonly setLatency: (ms: number) => void;
  /** `adversarial`: from now on the model invents, promises and breaks rules, to see what the product lets through. */
  readonly setManners: (manners: Manners) => void;
  /** The judge errs like this from now on; null: it is the same each time. */
  readonly setJudgeNoise: (noise: JudgeNoise | null) => void;
  readonly reset: () => void;
  readonly close: () => Promise<void>;
}

export type Manners = 'honest' | 'adversarial';

/** Long enough to be seen writing, short enough that nobody waits for it. */
const CHUNK_MS = 8;
/** Faults and moves waiting to be played (G10). */
const MAX_PLANNED = 10_000;

/** Starts the double. */
export const startOpenRouterDouble = async (
  options: OpenRouterDoubleOptions = {},
): Promise<OpenRouterDouble> => {
  const stage = makeStage(options);
  const guarded = (handler: DoubleHandler): DoubleHandler => {
    return (request) =>
      isAllowed(request, options.apiKey) ? handler(request) : failure(401, 'No auth credentials found');
  };
  const server = await startDoubleServer({
    ...(options.port ? { port: options.port } : {}),
    routes: {
      'POST /api/v1/chat/completions': guarded(stage.complete),
      'GET /api/v1/models': () => ({ status: 200, body: { data: MODELS } }),
      'GET /api/v1/key': guarded(() => ({ status: 200, body: { data: KEY } })),
      'POST /_sandbox/faults': (request) => planFault(stage, request),
      'DELETE /_sandbox/faults': () => {
        stage.reset();
        return { status: 200, body: { ok: true } };
      },
    },
  });
  return {
    url: `${server.url}/api/v1`,
    server,
    fail: stage.fail,
    script: stage.script,
    setLatency: stage.setLatency,
    setManners: stage.setManners,
    setJudgeNoise: stage.setJudgeNoise,
    reset: stage.reset,
    close: async () => {
      stage.close();
      await server.close();
    },
  };
};

const failure = (code: number, message: string): DoubleResponse => ({
  status: code,
  body: { error: { code, message } },
});

/** What breaks a stream in the middle breaks an unstreamed answer as a whole. */
const providerGone = (): DoubleResponse => failure(502, 'Provider disconnected');

const isAllowed = (request: DoubleRequest, apiKey: string | undefined): boolean => {
  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  return key !== undefined && (apiKey === undefined || key === apiKey);
};

const jsonOf = (request: DoubleRequest): unknown => {
  try {
    return request.json();
  } catch {
    return undefined;
  }
};

/** Jobs are told apart by their title (contract 4). */
const played = (http: DoubleRequest, asked: Asked, manners: Manners, noise: JudgeNoise | null): Move => {
  const title = String(http.headers['x-title']);
  if (title === 'treejar-quality') return judged(asked, noise);
  const job = JOBS[title];
  if (job) return job(asked);
  return manners === 'honest' ? respond(asked) : misbehave(asked);
};

const JOBS: Readonly<Record<string, (asked: Asked) => Move>> = {
  'treejar-summary': summarised,
  'treejar-draft': worded,
  'treejar-sight': looked,
};

/** What is planned for the next completions, and how one is played. */
const makeStage = (options: OpenRouterDoubleOptions) => {
  const now = options.now ?? Date.now;
  const newId = () => randomUUID().slice(0, 8);
  const closing = new AbortController();
  const faults: ModelFault[] = [];
  const moves: Move[] = [];
  let latencyMs = options.latencyMs ?? 0;
  let manners: Manners = 'honest';
  let noise: JudgeNoise | null = null;

  const complete = async (http: DoubleRequest): Promise<DoubleResponse> => {
    const request = readRequest(jsonOf(http));
    if (Result.isFailure(request)) return failure(400, request.failure);
    const asked = request.success;
    const planned = faults.shift();
    const spoiled = planned ? spoil(planned, asked.tools) : undefined;
    if (spoiled && 'silent' in spoiled) await pause(Number.POSITIVE_INFINITY, closing.signal);
    if (latencyMs > 0) await pause(latencyMs, closing.signal);
    if (spoiled && 'respond' in spoiled) return spoiled.respond;
    const move = () =>
      spoiled && 'move' in spoiled ? spoiled.move : (moves.shift() ?? played(http, asked, manners, noise));
    const choice = spoiled && 'choice' in spoiled ? spoiled.choice : choiceOf(move(), newId);
    const created = Math.floor(now() / 1000);
    const id = `gen-${created}-${newId()}`;
    const body = completionBody(asked, choice, id, created);
    const fault = spoiled && 'midway' in spoiled ? spoiled.midway : null;
    const headers = { 'x-generation-id': id };
    if (!asked.stream) return fault === null ? { status: 200, headers, body } : providerGone();
    const chunks = streamOf({ body, chunkMs: options.chunkMs ?? CHUNK_MS, fault, closing: closing.signal });
    return { status: 200, headers: { ...headers, 'content-type': 'text/event-stream' }, body: chunks };
  };

  return {
    complete,
    fail: (fault: ModelFault, times = 1): void => {
      for (let n = 0; n < times && faults.length < MAX_PLANNED; n++) faults.push(fault);
    },
    script: (...planned: readonly Move[]): void =>
      void moves.push(...planned.slice(0, MAX_PLANNED - moves.length)),
    setLatency: (ms: number): void => {
      latencyMs = ms;
    },
    setManners: (next: Manners): void => {
      manners = next;
    },
    setJudgeNoise: (next: JudgeNoise | null): void => {
      noise = next;
    },
    reset: (): void => {
      manners = 'honest';
      noise = null;
      faults.splice(0);
      moves.splice(0);
    },
    close: () => closing.abort(),
  };
};

/** `{"fault":"empty","times":2}`. */
const planFault = (stage: ReturnType<typeof makeStage>, request: DoubleRequest): DoubleResponse => {
  const json = jsonOf(request);
  const body =
    json !== null && typeof json === 'object' ? (json as { fault?: unknown; times?: unknown }) : {};
  const fault = MODEL_FAULTS.find((known) => known === body.fault);
  if (!fault) return failure(422, `fault must be one of ${MODEL_FAULTS.join(', ')}`);
  stage.fail(fault, Number.isInteger(body.times) ? Number(body.times) : 1);
  return { status: 200, body: { ok: true } };
};

const KEY = { label: 'sandbox', limit: null, limit_remaining: null, usage: 0, is_free_tier: false };

const MODELS = [
  {
    id: 'sandbox/salesperson',
    canonical_slug: 'sandbox/salesperson',
    name: 'Rule-based salesperson',
    context_length: 128_000,
    architecture: { input_modalities: ['text'], output_modalities: ['text'] },
    pricing: { prompt: '0.00000027', completion: '0.0000011' },
    top_provider: { context_length: 128_000, max_completion_tokens: 8192 },
    supported_parameters: [
      'tools',
      'tool_choice',
      'max_tokens',
      'temperature',
      'reasoning',
      'response_format',
      'structured_outputs',
    ],
  },
];
