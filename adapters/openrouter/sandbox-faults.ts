/** The bad days of a model and its provider, each as wire/05 describes it. */
import type { DoubleResponse } from '../double/double-server.ts';
import type { Move } from './salesperson/salesperson.ts';

/** What goes wrong with a completion; `timeout` never answers. Those of streams happen after the first words. */
export const MODEL_FAULTS = [
  'nonsense',
  'empty',
  'invalid-arguments',
  'unknown-tool',
  'length',
  'content-filter',
  'refusal',
  'error-in-200',
  'choice-error',
  'finish-error',
  'no-choices',
  'not-json',
  'html',
  'stream-error',
  'stream-cut',
  'stream-stall',
  'stream-garbled',
  '400',
  '401',
  '402',
  '403',
  '404',
  '429',
  '500',
  '502',
  '503',
  'timeout',
] as const;
export type ModelFault = (typeof MODEL_FAULTS)[number];

/** What the fault does: another answer in place of the model's, a spoiled completion, or another model's move. */
export type Spoiled =
  | { readonly respond: DoubleResponse }
  | { readonly choice: object }
  | { readonly move: Move }
  | { readonly silent: true }
  | { readonly midway: StreamFault };

/** The provider fails, the connection breaks, nothing more comes, or what comes is no JSON. */
export type StreamFault = 'error' | 'cut' | 'stall' | 'garbled';

const failure = (
  status: number,
  code: number | string,
  error_type: string,
  headers?: Record<string, string>,
): Spoiled => ({
  respond: {
    status,
    body: { error: { code, message: `sandbox: ${error_type}`, metadata: { error_type } } },
    ...(headers ? { headers } : {}),
  },
});

const stop = (message: object, finish_reason = 'stop'): Spoiled => ({
  choice: {
    index: 0,
    finish_reason,
    native_finish_reason: finish_reason,
    message: { role: 'assistant', ...message },
  },
});

const HTML = '<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>';

/** A claim that nothing supports: what grounding exists for (lesson F-19). */
const NONSENSE =
  'All our chairs start from AED 99.00 with a 70% discount, SKU ZZ-0000 is in stock with 5000 pieces, and delivery is guaranteed tomorrow!';

/** `tools`: names of the tools that were offered. */
export const spoil = (fault: ModelFault, tools: readonly string[]): Spoiled => {
  switch (fault) {
    case 'nonsense':
      return { move: { kind: 'say', text: NONSENSE } };
    case 'empty':
      return stop({ content: '' });
    case 'invalid-arguments':
      return stop(toolCall(tools[0] ?? 'search_products', '{"query": "chair", '), 'tool_calls');
    case 'unknown-tool':
      return stop(toolCall('read_minds', '{"whose":"the customer"}'), 'tool_calls');
    case 'length':
      return stop({ content: 'Our most comfortable chair is the' }, 'length');
    case 'content-filter':
      return stop({ content: '' }, 'content_filter');
    case 'refusal':
      return stop({ content: null, refusal: 'I cannot help with that.' });
    case 'error-in-200':
      return failure(200, 502, 'provider_unavailable');
    case 'choice-error':
      return {
        choice: {
          index: 0,
          finish_reason: null,
          error: { code: 'server_error', message: 'sandbox' },
          message: null,
        },
      };
    case 'finish-error':
      return stop({ content: '' }, 'error');
    case 'no-choices':
      return { respond: { status: 200, body: { id: 'gen-sandbox', object: 'chat.completion' } } };
    case 'not-json':
      return {
        respond: { status: 200, body: '{"id": "gen-', headers: { 'content-type': 'application/json' } },
      };
    case 'html':
      return { respond: { status: 200, body: HTML, headers: { 'content-type': 'text/html' } } };
    case 'timeout':
      return { silent: true };
    case 'stream-error':
      return { midway: 'error' };
    case 'stream-cut':
      return { midway: 'cut' };
    case 'stream-stall':
      return { midway: 'stall' };
    case 'stream-garbled':
      return { midway: 'garbled' };
    default:
      return httpFault(fault);
  }
};

const httpFault = (fault: Extract<ModelFault, `${number}`>): Spoiled => {
  switch (fault) {
    case '400':
      return failure(400, 400, 'context_length_exceeded');
    case '401':
      return failure(401, 401, 'authentication');
    case '402':
      return failure(402, 402, 'payment_required');
    case '403':
      return failure(403, 403, 'content_policy_violation');
    case '404':
      return failure(404, 404, 'not_found');
    case '429':
      return failure(429, 429, 'rate_limit_exceeded', { 'retry-after': '2' });
    case '500':
      return failure(500, 500, 'server');
    case '502':
      return { respond: { status: 502, body: HTML, headers: { 'content-type': 'text/html' } } };
    case '503':
      return failure(503, 503, 'provider_overloaded', { 'retry-after': '1' });
  }
};

const toolCall = (name: string, args: string) => ({
  content: null,
  tool_calls: [{ id: 'call_spoiled', type: 'function', function: { name, arguments: args } }],
});
