/** A product photo from Inventory: raw bytes whose type is told by the bytes, not by the header (wire/04 §4). */
import { Effect } from 'effect';
import type { VendorResponse } from '../http/vendor-client.ts';
import { type AnswerError, readEnvelope } from './answer.ts';

export interface ItemImage {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** The photo, or `null` when Zoho has none (404 or an empty body). A JSON body is Zoho's error envelope. */
export const readImage = (
  response: VendorResponse,
  now: number,
): Effect.Effect<ItemImage | null, AnswerError> => {
  const { status, body, headers } = response;
  if (status === 404 || (status < 300 && body.byteLength === 0)) return Effect.succeed(null);
  const type = typeOf(body);
  if (status < 300 && type) return Effect.succeed({ bytes: body, contentType: type });
  const stated = (headers.get('content-type') ?? 'image/png').split(';')[0]?.trim() ?? 'image/png';
  if (status < 300 && stated.startsWith('image/'))
    return Effect.succeed({ bytes: body, contentType: stated });
  return Effect.map(readEnvelope(response, now), () => null);
};

const SIGNATURES: ReadonlyArray<readonly [type: string, signature: readonly number[]]> = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
];

const typeOf = (body: Uint8Array): string | null => {
  const found = SIGNATURES.find(([, signature]) => signature.every((byte, i) => body[i] === byte));
  if (found) return found[0];
  const text = Buffer.from(body.subarray(0, 12)).toString('latin1');
  return text.startsWith('RIFF') && text.endsWith('WEBP') ? 'image/webp' : null;
};
