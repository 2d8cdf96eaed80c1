/**
 * `QDRANT_URL` as the client needs it. The client turns a URL without its own port, even `:443`, into `:6333` and drops
 * its path (wire/00 fact 9), so port and path are passed apart and mean what they say.
 */

export interface QdrantAddress {
  /** Scheme and host only. */
  readonly url: string;
  readonly port: number;
  /** The path without a trailing slash, empty when there is none. */
  readonly prefix: string;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** A URL without a port means the port of its scheme: write `http://qdrant:6333` for Qdrant's own. Throws on other schemes. */
export const qdrantAddress = (url: string): QdrantAddress => {
  const { protocol, hostname, port, pathname } = new URL(url);
  const usual = DEFAULT_PORTS[protocol];
  if (usual === undefined) throw new RangeError('QDRANT_URL must begin with http:// or https://');
  return {
    url: `${protocol}//${hostname}`,
    port: port === '' ? usual : Number(port),
    prefix: pathname.replace(/(?<!\/)\/+$/, ''),
  };
};
