/** How long a voice note is, read from its container: vendors do not always say, and refuse very short clips. */

/** Ogg/Opus always counts in 48 kHz samples (RFC 7845 §4). */
const OPUS_RATE = 48_000;
const OGG_HEADER_BYTES = 27;
/** A page is at most 65,307 bytes, so the last header is within the last two pages. */
const OGG_TAIL_BYTES = 2 * 65_307;
/** The granule position of a page on which no packet ends. */
const NO_GRANULE = 0xffff_ffff_ffff_ffffn;

/** Seconds of an Ogg/Opus or WAV file; `null` for other formats and damaged files. */
export const audioSeconds = (bytes: Uint8Array): number | null => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = file.subarray(0, 4).toString('latin1');
  if (magic === 'OggS') return opusSeconds(file);
  return magic === 'RIFF' ? wavSeconds(file) : null;
};

const opusSeconds = (file: Buffer): number | null => {
  const head = file.indexOf('OpusHead');
  if (head < 0 || head > OGG_HEADER_BYTES + 255 || head + 12 > file.length) return null;
  const preSkip = file.readUInt16LE(head + 10);
  for (let at = file.length; at > Math.max(0, file.length - OGG_TAIL_BYTES); ) {
    at = file.lastIndexOf('OggS', at - 1);
    if (at < 0) return null;
    if (at + OGG_HEADER_BYTES > file.length) continue;
    const granule = file.readBigUInt64LE(at + 6);
    if (granule !== NO_GRANULE) return Math.max(0, Number(granule) - preSkip) / OPUS_RATE;
    if (at === 0) return null;
  }
  return null;
};

/** Chunks follow a 12 byte header; each has an id, a size and is padded to even. */
const wavSeconds = (file: Buffer): number | null => {
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= file.length; ) {
    const id = file.subarray(at, at + 4).toString('latin1');
    const size = file.readUInt32LE(at + 4);
    if (id === 'fmt ' && at + 20 <= file.length) bytesPerSecond = file.readUInt32LE(at + 16);
    if (id === 'data') {
      return bytesPerSecond > 0 ? Math.min(size, file.length - at - 8) / bytesPerSecond : null;
    }
    at += 8 + size + (size % 2);
  }
  return null;
};
