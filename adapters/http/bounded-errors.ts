/**
 * A `fetch` for client libraries that read the page of an error whole before we see it: a page that never ends would fill
 * the memory (G10). Answers that are no errors pass as they are, their readers have limits of their own.
 */

/** Of an error's page; vendors explain themselves in far less. */
export const MAX_ERROR_BYTES = 64 * 1024;
/** Has no body by definition, and a `Response` refuses to be built with one. */
const NOT_MODIFIED = 304;

/** Cuts the body of an error off after {@link MAX_ERROR_BYTES} and ends the transfer; what is left tells the status at least. */
export const fetchWithBoundedErrors: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.ok || response.body === null) return response;
  const { status, statusText, headers } = response;
  const bytes = await firstBytes(response.body);
  return new Response(status === NOT_MODIFIED ? null : bytes, { status, statusText, headers });
};

const firstBytes = async (body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream, and with it the transfer.
  for await (const chunk of body) {
    chunks.push(chunk.subarray(0, MAX_ERROR_BYTES - size));
    size += chunk.byteLength;
    if (size >= MAX_ERROR_BYTES) break;
  }
  return new Uint8Array(Buffer.concat(chunks));
};
