/** Whose request is this? Behind our own proxy the socket is the proxy's, so the nearest `X-Forwarded-For` counts. */

/** uWebSockets.js writes IPv6 in full and maps IPv4 into it; people and lists write it short. */
export const plainAddress = (text: string): string => {
  const mapped = /^(?:0000:){5}ffff:([0-9a-f]{4}):([0-9a-f]{4})$/i.exec(text);
  if (mapped) {
    const bits = Number.parseInt(`${mapped[1]}${mapped[2]}`, 16);
    return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
  }
  return /^(?:0000:){7}0001$/.test(text) ? '::1' : text.replace(/^::ffff:(?=\d+\.)/i, '');
};

const PRIVATE = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:|fe80:)/i;

/**
 * The client's address. `X-Forwarded-For` is believed only from a private neighbour, and only its last entry: what that
 * neighbour saw itself. Everything before it is the client's own claim.
 */
export const clientAddress = (remote: string, forwardedFor: string): string => {
  const neighbour = plainAddress(remote);
  const nearest = forwardedFor.split(',').at(-1)?.trim() ?? '';
  return nearest !== '' && PRIVATE.test(neighbour) ? plainAddress(nearest) : neighbour;
};

/** From this machine and not through a proxy. */
export const isLocal = (remote: string, forwardedFor: string): boolean =>
  forwardedFor === '' && /^(127\.|::1$)/.test(plainAddress(remote));
