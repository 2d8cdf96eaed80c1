/** Words inside a PNG (a `tEXt` chunk): how the sandbox's pictures tell the sandbox's model what they show. */
import { crc32 } from 'node:zlib';

const SIGNATURE_BYTES = 8;
/** Length, type and checksum. */
const FRAME_BYTES = 12;
const KEYWORD = 'Description';

/** The same picture with a description, in Latin letters. */
export const withDescription = (png: Uint8Array, description: string): Uint8Array => {
  const body = Buffer.from(`tEXt${KEYWORD}\0${description}`, 'latin1');
  const chunk = Buffer.alloc(body.byteLength + 8);
  chunk.writeUInt32BE(body.byteLength - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.byteLength + 4);
  // Before the last chunk, which is empty.
  const end = png.byteLength - FRAME_BYTES;
  return Buffer.concat([png.subarray(0, end), chunk, png.subarray(end)]);
};

/** What {@link withDescription} wrote; null: no PNG, or nothing was written. */
export const descriptionOf = (png: Uint8Array): string | null => {
  const bytes = Buffer.from(png);
  let at = SIGNATURE_BYTES;
  while (at + FRAME_BYTES <= bytes.byteLength) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (bytes.toString('latin1', at + 4, at + 8) === 'tEXt') {
      const [keyword, text] = body.toString('latin1').split('\0');
      if (keyword === KEYWORD) return text ?? null;
    }
    at += FRAME_BYTES + length;
  }
  return null;
};
