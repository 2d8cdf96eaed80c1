/** The double's file store: what a customer attaches, under links like those of Wazzup's own store (wire/01 §5.3). */
import { createHash } from 'node:crypto';
import type { DoubleResponse } from '../double/double-server.ts';
import { withDescription } from '../double/png-text.ts';
import { voiceSample } from '../whisper/voice-samples.ts';
import { drawProduct } from '../zoho-inventory/picture/draw-product.ts';
import { floorPlan } from './floor-plan.ts';
import type { MessageKind } from './items.ts';
import type { SampleName } from './simulator.ts';

/** Wazzup takes inbound files of up to 50 MB; the sandbox keeps fewer and smaller ones (G10). */
const MAX_FILES = 100;
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

interface StoredFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export class SandboxFiles {
  readonly #files = new Map<string, StoredFile>();
  #baseUrl = '';

  /** Known only once the server listens. */
  serveAt(baseUrl: string): void {
    this.#baseUrl = baseUrl;
  }

  /** The link under which the file is served. The same bytes have the same link. */
  put(bytes: Uint8Array, name: string, contentType: string): string {
    if (bytes.byteLength > MAX_FILE_BYTES)
      throw new RangeError(`a sandbox file is at most ${MAX_FILE_BYTES} bytes`);
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    if (!this.#files.has(hash) && this.#files.size >= MAX_FILES) {
      const oldest = this.#files.keys().next().value;
      if (oldest !== undefined) this.#files.delete(oldest);
    }
    this.#files.set(hash, { bytes, contentType });
    return `${this.#baseUrl}/files/${hash}/?filename=${encodeURIComponent(name)}`;
  }

  /** A sample for a file kind sent without a file; undefined for kinds that have none. A picture may show a floor plan. */
  sample(kind: MessageKind, shows: SampleName = 'usual'): string | undefined {
    const found = kind === 'image' && shows === 'plan' ? PLAN : SAMPLES[kind];
    return found ? this.put(found.bytes, found.name, found.contentType) : undefined;
  }

  get(hash: string): DoubleResponse {
    const file = this.#files.get(hash);
    if (!file) return { status: 404, body: 'no such file' };
    return { status: 200, headers: { 'content-type': file.contentType }, body: file.bytes };
  }
}

interface Sample extends StoredFile {
  readonly name: string;
}

/** A chair somewhere, as a customer would photograph it; the sandbox's model knows it by its description. */
const CHAIR = withDescription(
  drawProduct({ shape: 'mesh-chair', colour: '#2b2f36' }),
  'product: black mesh office chair with adjustable arms',
);

const PDF_PLAN = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;

const PLAN: Sample = { name: 'floor-plan.png', contentType: 'image/png', bytes: floorPlan() };

/** One that the sandbox's transcriber knows. */
const VOICE = voiceSample('english');

const SAMPLES: Partial<Record<MessageKind, Sample>> = {
  image: { name: 'photo.png', contentType: 'image/png', bytes: CHAIR },
  document: { name: 'plan.pdf', contentType: 'application/pdf', bytes: Buffer.from(PDF_PLAN) },
  audio: { name: 'voice.ogg', contentType: 'audio/ogg', bytes: VOICE.bytes },
};
