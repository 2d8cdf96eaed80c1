/** Answers that the server gives before anything of ours has looked at the request. */

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JSON_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'x-content-type-options': 'nosniff',
};

export const errorReply = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  headers: { ...JSON_HEADERS, ...headers },
  body: JSON.stringify({ error: { code, message } }),
});

/** Nothing is wrong with the request; it may be sent again after `seconds`. */
export const comeBack = (message: string, seconds = 5): Reply =>
  errorReply(503, 'unavailable', message, { 'retry-after': String(seconds) });

export const BAD_HEADERS = errorReply(
  400,
  'bad_headers',
  'A header of the request is not valid HTTP; correct it.',
);
export const BAD_REQUEST = errorReply(
  400,
  'bad_request',
  'The address or the method of the request is not valid; correct it.',
);

export const tooLarge = (maxBytes: number): Reply =>
  errorReply(413, 'too_large', `The body is larger than ${maxBytes} bytes; send less at once.`);

export const OK: Reply = { status: 200, headers: JSON_HEADERS, body: '{"ok":true}' };
