/** How a stream of chunks can end without an answer. */

/** Nothing came for too long. The message goes on after "OpenRouter". */
export class StreamStalled extends Error {}

/** It ended before the model said that it had finished. */
export class StreamCut extends Error {}

/** A chunk that is no chunk. */
export class BadChunk extends Error {}
