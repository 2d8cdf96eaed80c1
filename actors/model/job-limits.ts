/** What each job may ask of a model at most, so that no single call can be a runaway (domain 25.9, lesson F-48). */
import { ChatModelRejected, type ChatRequest, outputCap } from '../../adapters/openrouter/openrouter.ts';

export interface JobLimits {
  /** Tokens of answer and thinking together. */
  readonly outputTokens: number;
  /** Characters of messages and tools together. */
  readonly inputChars: number;
}

/** A reply of the longest useful length is about 900 tokens; a verdict on a whole dialogue needs more. */
const LIMITS: Readonly<Record<string, JobLimits>> = {
  dialogue: { outputTokens: 2000, inputChars: 160_000 },
  quality: { outputTokens: 6000, inputChars: 240_000 },
  summary: { outputTokens: 2000, inputChars: 240_000 },
};
const OTHER: JobLimits = { outputTokens: 2000, inputChars: 120_000 };

export const limitsOf = (job: string): JobLimits =>
  (Object.hasOwn(LIMITS, job) ? LIMITS[job] : OTHER) ?? OTHER;

/**
 * Prices to be prepared for, US dollars a token: dearer than any model that a shop lets talk all day. A reservation is
 * replaced by the true cost within seconds, so that being too high costs nothing.
 */
const PROMPT_USD = 3e-6;
const OUTPUT_USD = 15e-6;
/** A picture is billed as some 1,500 tokens at most providers, whatever its bytes. */
const PICTURE_CHARS = 4000;
/** Arabic has about two characters a token, English four. */
const CHARS_PER_TOKEN = 2;

/** The most that the request can cost, US dollars, or why it must not be sent. */
export const priceCap = (request: ChatRequest): number | ChatModelRejected => {
  const limits = limitsOf(request.job);
  const output = outputCap(request);
  if (!(output >= 1 && output <= limits.outputTokens)) {
    return overCap(`asks for ${output} tokens; ${request.job} may have 1 to ${limits.outputTokens}`);
  }
  const chars =
    JSON.stringify(request.messages).length +
    JSON.stringify(request.tools ?? []).length +
    (request.pictures?.length ?? 0) * PICTURE_CHARS;
  if (chars > limits.inputChars) {
    return overCap(`is ${chars} characters long; ${request.job} may send ${limits.inputChars}`);
  }
  return usdAtMost(chars, output);
};

/** What so many characters shown and tokens answered can cost at the prices that are prepared for, US dollars. */
export const usdAtMost = (chars: number, outputTokens: number): number =>
  (chars / CHARS_PER_TOKEN) * PROMPT_USD + outputTokens * OUTPUT_USD;

const overCap = (what: string) =>
  new ChatModelRejected({
    code: 'over_cap',
    message: `The model was not asked: the request ${what}. Shorten it, or change actors/model/job-limits.ts.`,
    retryable: false,
  });
