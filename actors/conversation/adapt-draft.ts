/**
 * Puts a manager's draft into the customer's language and the shop's tone (domain 8.7). The manager's word goes first:
 * an answer that is not faithful to it is thrown away, and without a model the draft itself is what goes out.
 */
import { Effect } from 'effect';
import type { AdaptOutput } from '../../machines/conversation/actors.ts';
import {
  type AdaptInput,
  adaptMessages,
  DRAFT_PROMPT_VERSION,
} from '../../machines/conversation/draft/draft-prompt.ts';
import { isFaithful } from '../../machines/conversation/draft/faithful.ts';
import { type AskedBy, askModel } from '../model/ask-model.ts';

const MAX_TOKENS = 900;
/** A customer waits for a person already; a quarter of a minute more is the most that tone is worth. */
const TIMEOUT_MS = 15_000;
const TEMPERATURE = 0.2;

export const adaptDraft = Effect.fn('adaptDraft')(function* (
  input: AdaptInput,
  info: Pick<AskedBy, 'commandId' | 'attempt'>,
) {
  const own: AdaptOutput = { text: input.draft, adapted: false };
  const request = {
    job: 'draft',
    messages: adaptMessages(input),
    maxTokens: MAX_TOKENS,
    temperature: TEMPERATURE,
    timeoutMs: TIMEOUT_MS,
    sessionId: input.conversationId,
  };
  const { commandId, attempt } = info;
  const by = {
    conversationId: input.conversationId,
    commandId,
    attempt,
    promptVersions: [DRAFT_PROMPT_VERSION],
  };
  const written = yield* askModel(request, by).pipe(
    Effect.map((reply) => (reply.text ?? '').trim()),
    Effect.catch((error) =>
      Effect.logWarning('A draft goes out in the manager’s own words').pipe(
        Effect.annotateLogs({ reason: error._tag }),
        Effect.as(''),
      ),
    ),
  );
  return isFaithful(input.draft, written, input.language) ? { text: written, adapted: true } : own;
});
