/**
 * The error answers of the API (contract 3): `{"error":{"code","message","issues"}}`, one class per status. The message
 * tells the reader what to do next.
 */
import { Effect, Schema, SchemaIssue } from 'effect';
import { HttpEffect, HttpServerResponse } from 'effect/http';
import type { HttpApiError } from 'effect/http-api';

const Issue = Schema.Struct({ path: Schema.String, message: Schema.String });
export type Issue = typeof Issue.Type;

export const ErrorBody = Schema.Struct({
  code: Schema.String,
  message: Schema.String,
  issues: Schema.optionalKey(Schema.Array(Issue)),
});
export type ErrorBody = typeof ErrorBody.Type;

const fields = { error: ErrorBody };

/** Tells the classes apart for the compiler: an endpoint fails only with what it declares. */
interface Status<N extends number> {
  readonly '~status': N;
}

/** The body could not be read: not JSON, not UTF-8, too deeply nested. */
export class BadRequest extends Schema.Error<BadRequest, Status<400>>('BadRequest')(fields, {
  httpApiStatus: 400,
}) {}
/** No sign-in, or one that has ended. */
export class Unauthorized extends Schema.Error<Unauthorized, Status<401>>('Unauthorized')(fields, {
  httpApiStatus: 401,
}) {}
/** Signed in, but the role or the CSRF token does not allow it. */
export class Forbidden extends Schema.Error<Forbidden, Status<403>>('Forbidden')(fields, {
  httpApiStatus: 403,
}) {}
/** No such thing. */
export class NotFound extends Schema.Error<NotFound, Status<404>>('NotFound')(fields, {
  httpApiStatus: 404,
}) {}
/** The request is fine, the present state does not allow it. */
export class Conflict extends Schema.Error<Conflict, Status<409>>('Conflict')(fields, {
  httpApiStatus: 409,
}) {}
/** A body that is not JSON by its content type. */
export class UnsupportedMedia extends Schema.Error<UnsupportedMedia, Status<415>>('UnsupportedMedia')(
  fields,
  {
    httpApiStatus: 415,
  },
) {}
/** Well-formed, with values of a wrong type or range; `issues` name the paths. */
export class Unprocessable extends Schema.Error<Unprocessable, Status<422>>('Unprocessable')(fields, {
  httpApiStatus: 422,
}) {}
/** Too many attempts; `Retry-After` says how long to wait. */
export class TooMany extends Schema.Error<TooMany, Status<429>>('TooMany')(fields, {
  httpApiStatus: 429,
}) {}
/** Something we depend on is away for the moment; `Retry-After` says when to try again. */
export class Unavailable extends Schema.Error<Unavailable, Status<503>>('Unavailable')(fields, {
  httpApiStatus: 503,
}) {}

export const notFound = (what: string): NotFound =>
  new NotFound({ error: { code: 'not_found', message: `There is no ${what}; check the id in the path.` } });

export const conflict = (code: string, message: string): Conflict =>
  new Conflict({ error: { code, message } });

export const unprocessable = (issues: readonly Issue[]): Unprocessable =>
  new Unprocessable({
    error: {
      code: 'invalid_request',
      message: 'Some values are missing or wrong; correct the paths listed in issues and send it again.',
      issues,
    },
  });

export const unavailable = (message: string): Unavailable =>
  new Unavailable({ error: { code: 'unavailable', message } });

/** Fails with `error` and sets `Retry-After` on the answer. */
export const failAfter = <E extends TooMany | Unavailable>(error: E, seconds: number) =>
  HttpEffect.appendPreResponseHandler((_request, response) =>
    Effect.succeed(
      HttpServerResponse.setHeader(response, 'retry-after', String(Math.max(1, Math.ceil(seconds)))),
    ),
  ).pipe(Effect.andThen(Effect.fail(error)));

/** The issues of a failed decode, with paths in the form `messages[0].chatId`. */
export const issuesOf = (error: HttpApiError.HttpApiSchemaError): readonly Issue[] => {
  const format = formatIssues(error.cause.issue);
  return format.issues.slice(0, MAX_ISSUES).map((issue) => ({
    path: pathOf(issue.path ?? []) || slotOf(error.kind),
    message: issue.message,
  }));
};

/** More issues than this help nobody (G10). */
const MAX_ISSUES = 50;

const formatIssues = SchemaIssue.makeFormatterStandardSchemaV1();

const slotOf = (kind: HttpApiError.HttpApiSchemaError['kind']): string =>
  kind === 'Payload' ? 'body' : kind.toLowerCase();

type Segment = PropertyKey | { readonly key: PropertyKey };

/** `messages[0].chatId`. */
export const pathOf = (path: readonly Segment[]): string =>
  path.reduce<string>((text, segment) => {
    const key = typeof segment === 'object' ? segment.key : segment;
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
