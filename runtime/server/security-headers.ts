/** Headers of every answer: no inline script, no framing, no guessing of types (design 9). */

export interface SecurityOptions {
  readonly https: boolean;
  /** The sandbox's doubles serve pictures and voice notes from other ports of this machine. */
  readonly sandbox: boolean;
  /** The admin opens Stately's inspector in a window of its own and speaks to it. */
  readonly inspect?: boolean | undefined;
}

/** The headers, as pairs. */
export const securityHeaders = (options: SecurityOptions): readonly (readonly [string, string])[] => {
  // Customers' photos and voice notes come from the channel's store.
  const media = options.sandbox
    ? "'self' https: data: blob: http://127.0.0.1:*"
    : "'self' https: data: blob:";
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src ${media}`,
    `media-src ${media}`,
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return [
    ['content-security-policy', policy.join('; ')],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'no-referrer'],
    ['cross-origin-opener-policy', options.inspect === true ? 'same-origin-allow-popups' : 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), geolocation=(), payment=()'],
    ...(options.https ? ([['strict-transport-security', 'max-age=31536000']] as const) : []),
  ];
};
