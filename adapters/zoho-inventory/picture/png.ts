/** Writes a PNG file from pixels, with nothing but zlib. */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGB_BYTES = 3;

/** An 8-bit RGB PNG. `pixels` holds `width × height × 3` bytes, row by row. */
export const encodePng = (pixels: Uint8Array, width: number, height: number): Uint8Array => {
  const stride = width * RGB_BYTES;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y += 1) filterUp(pixels, rows, y, stride);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB, deflate, adaptive filters, not interlaced
  return new Uint8Array(
    Buffer.concat([
      SIGNATURE,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows, { level: 6 })),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
};

/** Filter 2, "up": flat colours and vertical gradients become long runs of one byte. */
const filterUp = (pixels: Uint8Array, rows: Buffer, y: number, stride: number): void => {
  const target = y * (stride + 1);
  const source = y * stride;
  rows[target] = 2;
  for (let i = 0; i < stride; i += 1) {
    const above = y === 0 ? 0 : (pixels[source - stride + i] ?? 0);
    rows[target + 1 + i] = ((pixels[source + i] ?? 0) - above) & 0xff;
  }
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.byteLength + 8);
  framed.writeUInt32BE(data.byteLength, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.byteLength + 4);
  return framed;
};
