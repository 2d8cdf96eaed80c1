/** Writes small, valid Ogg/Opus files: what WhatsApp sends as a voice note, without an encoder (RFC 3533, RFC 7845). */

const SAMPLE_RATE = 48_000;
const PRE_SKIP = 312;
/** One packet of 20 ms, mono, full band, that decodes to silence. */
const SILENT_PACKET = Buffer.from([0xf8, 0xff, 0xfe]);
const PACKET_SAMPLES = 960;
/** One second a page; a page takes up to 255 packets. */
const PACKETS_PER_PAGE = 50;
const FIRST_PAGE = 2;
const LAST_PAGE = 4;
const POLYNOMIAL = 0x04c11db7;

/** The checksum of an Ogg page: CRC-32 without reflection, over the page with a zero in its place. */
const checksum = (page: Buffer): number => {
  let crc = 0;
  for (const byte of page) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
  }
  return crc >>> 0;
};

const page = (sequence: number, flags: number, granule: number, packets: readonly Buffer[]): Buffer => {
  const lacing = packets.flatMap((packet) => [
    ...Array.from({ length: Math.floor(packet.length / 255) }, () => 255),
    packet.length % 255,
  ]);
  const header = Buffer.alloc(27);
  header.write('OggS', 0, 'latin1');
  header.writeUInt8(flags, 5);
  header.writeBigUInt64LE(BigInt(granule), 6);
  header.writeUInt32LE(1, 14);
  header.writeUInt32LE(sequence, 18);
  header.writeUInt8(lacing.length, 26);
  const whole = Buffer.concat([header, Buffer.from(lacing), ...packets]);
  whole.writeUInt32LE(checksum(whole), 22);
  return whole;
};

const opusHead = (): Buffer => {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 0, 'latin1');
  head.writeUInt8(1, 8);
  head.writeUInt8(1, 9);
  head.writeUInt16LE(PRE_SKIP, 10);
  head.writeUInt32LE(16_000, 12);
  return head;
};

const lengthAndText = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const opusTags = (title: string): Buffer => {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(1);
  return Buffer.concat([
    Buffer.from('OpusTags'),
    lengthAndText('treejar'),
    count,
    lengthAndText(`TITLE=${title}`),
  ]);
};

/** A silent Ogg/Opus file of `seconds`; the title, below 200 characters, makes its bytes its own. */
export const silentOpusFile = (title: string, seconds: number): Buffer => {
  const packets = Math.round((seconds * SAMPLE_RATE) / PACKET_SAMPLES);
  const end = PRE_SKIP + Math.round(seconds * SAMPLE_RATE);
  const pages = [page(0, FIRST_PAGE, 0, [opusHead()]), page(1, 0, 0, [opusTags(title)])];
  for (let done = 0; done < packets; ) {
    const count = Math.min(PACKETS_PER_PAGE, packets - done);
    done += count;
    const isLast = done === packets;
    const granule = isLast ? end : done * PACKET_SAMPLES;
    pages.push(
      page(
        pages.length,
        isLast ? LAST_PAGE : 0,
        granule,
        Array.from({ length: count }, () => SILENT_PACKET),
      ),
    );
  }
  return Buffer.concat(pages);
};
