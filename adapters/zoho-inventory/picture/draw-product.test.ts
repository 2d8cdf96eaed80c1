import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../catalog/types.ts';
import { sandboxCatalog } from '../sandbox-catalog.ts';
import { coverageOf } from './coverage.ts';
import { drawProduct } from './draw-product.ts';
import { ellipse, rect } from './path.ts';
import { makePhotoCache } from './photo-cache.ts';

const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);

describe('coverage', () => {
  it('has exactly the area of the shape, edges between pixels included', () => {
    expect(sum(coverageOf(rect(10.25, 20.5, 30.5, 8.25), 100).values)).toBeCloseTo(30.5 * 8.25, 2);
    expect(sum(coverageOf(ellipse(50, 50, 30), 100).values)).toBeCloseTo(Math.PI * 900, -1);
  });

  it('counts an overlap once, whichever way the outlines turn', () => {
    const overlapping = [
      ...rect(10, 10, 20, 20),
      ...rect(20, 10, 20, 20).map((outline) => outline.toReversed()),
    ];
    expect(sum(coverageOf(overlapping, 100).values)).toBeCloseTo(600, 3);
  });

  it('is cut at the canvas', () => {
    expect(sum(coverageOf(rect(-50, 90, 60, 60), 100).values)).toBeCloseTo(100, 3);
    expect(sum(coverageOf(rect(200, 200, 10, 10), 100).values)).toBe(0);
  });
});

/** Decodes what `encodePng` writes, independently of it: signature, size, and the "up" filter. */
const decode = (png: Uint8Array) => {
  const bytes = Buffer.from(png);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return { width, height, raw: inflateSync(Buffer.concat(data)) };
};

describe('a product photo', () => {
  it('is an 800 × 800 PNG that WhatsApp takes', () => {
    const png = drawProduct({ shape: 'mesh-chair', colour: '#33639f' });
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(decode(png)).toMatchObject({ width: 800, height: 800 });
    expect(decode(png).raw.byteLength).toBe(800 * (800 * 3 + 1));
    expect(png.byteLength).toBeLessThan(200_000);
  });

  it('shows the colour: two variants differ, the same one does not', () => {
    const blue: Picture = { shape: 'task-chair', colour: '#33639f' };
    expect(Buffer.compare(drawProduct(blue), drawProduct(blue))).toBe(0);
    expect(Buffer.compare(drawProduct(blue), drawProduct({ ...blue, colour: '#b8493f' }))).not.toBe(0);
  });

  it('exists for every shape in the catalog, each drawn differently from an empty room', () => {
    const shapes = new Map(
      sandboxCatalog.flatMap((item) => (item.picture ? [[item.picture.shape, item.picture] as const] : [])),
    );
    const seen = new Set(
      [...shapes.values()].map((picture) => Buffer.from(drawProduct(picture)).toString('base64')),
    );
    expect(seen.size).toBe(shapes.size);
  });

  it('is drawn once and kept', () => {
    const photoOf = makePhotoCache();
    const [item] = sandboxCatalog;
    if (!item) throw new Error('the catalog is empty');
    expect(photoOf(item)).toBe(photoOf(item));
    expect(photoOf({ ...item, picture: null })).toBeNull();
  });
});
