/**
 * Answers of a given form (wire/05 §2 `response_format`). The provider is sent a strict JSON schema made from the
 * caller's, and whatever comes back is checked against the caller's own: a provider's promise is not a proof.
 */
import { Result, Schema, SchemaIssue } from 'effect';
import { toCodecOpenAI } from 'effect/ai/OpenAiStructuredOutput';
import type { ChatReply, ResponseFormat, StructuredReply } from './chat.ts';
import { ChatModelBadReply } from './errors.ts';

export interface JsonFormat {
  readonly type: 'json_schema';
  readonly json_schema: {
    readonly name: string;
    readonly strict: true;
    readonly schema: Record<string, unknown>;
  };
}

/** Throws when the schema's root is no object: that is the caller's mistake, not the model's. */
export const jsonFormatOf = <A>({ name, schema }: ResponseFormat<A>): JsonFormat => ({
  type: 'json_schema',
  json_schema: { name, strict: true, schema: { ...toCodecOpenAI(schema).jsonSchema } },
});

/** Plain-text providers wrap their JSON in a fence, with or without a sentence around it. */
const FENCE_BEGINS = /```(?:json)?[ \t]*\r?\n/i;
const FENCE_ENDS = /\r?\n[ \t]*```/;

/** What stands in the first fence; empty when there is none, or it does not end. */
const fenced = (text: string): string => {
  const begins = FENCE_BEGINS.exec(text);
  if (begins === null) return '';
  const inside = text.slice(begins.index + begins[0].length);
  const ends = FENCE_ENDS.exec(inside);
  return ends === null ? '' : inside.slice(0, ends.index);
};

/** The answer's value, or where it fails. The answer itself is never quoted: it may hold a customer's words. */
export const readStructured = <A>(
  reply: ChatReply,
  { name, schema }: ResponseFormat<A>,
): Result.Result<StructuredReply<A>, ChatModelBadReply> => {
  const text = reply.text ?? '';
  const json = parse(text) ?? parse(fenced(text));
  if (!json) return Result.fail(unfit(reply, name, ''));
  // Strict providers send `null` for what is optional, the others leave it out.
  const strict = Schema.decodeUnknownResult(toCodecOpenAI(schema).codec)(json.value);
  if (Result.isSuccess(strict)) return Result.succeed({ ...reply, value: strict.success });
  const loose = Schema.decodeUnknownResult(Schema.toCodecJson(schema))(json.value);
  if (Result.isSuccess(loose)) return Result.succeed({ ...reply, value: loose.success });
  return Result.fail(unfit(reply, name, firstPath(loose.failure.issue)));
};

const parse = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const format = SchemaIssue.makeFormatterStandardSchemaV1();

const firstPath = (issue: SchemaIssue.Issue): string =>
  (format(issue).issues[0]?.path ?? []).reduce<string>((text, segment) => {
    const key = typeof segment === 'object' ? segment.key : segment;
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');

const unfit = (reply: ChatReply, name: string, path: string) => {
  const { model, provider, generationId, usage } = reply;
  return new ChatModelBadReply({
    message:
      path === ''
        ? `The model's answer is no JSON of the form ${name}; the call may be tried again`
        : `The model's answer does not fit the form ${name} at ${path}; the call may be tried again`,
    retryable: true,
    path,
    bill: { model, provider, generationId, usage },
  });
};
