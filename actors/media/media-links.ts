/** Signed links to our own files below `DATA_DIR/media` (domain 4.8). The runtime holds the key and the public address. */
import { Context } from 'effect';

export class MediaLinks extends Context.Service<
  MediaLinks,
  {
    /** An absolute link to `path` (below the media folder, `/` between names), good for `ttlMs`: at most 7 days. */
    readonly sign: (path: string, ttlMs: number) => string;
  }
>()('treejar/actors/MediaLinks') {}

/** The channel fetches a file at once (wire/01 §2.1): an hour covers its slowest tries. */
export const SENT_LINK_TTL_MS = 3_600_000;
