/**
 * What a file is, by its first bytes. Names and MIME types from outside are not believed: voice notes come as
 * `audio/mpeg`, and transcription fails by file name (wire/06 §3, §5, lesson F-40).
 */

export type MediaKind = 'audio' | 'image' | 'video' | 'document' | 'unknown';

export interface MediaType {
  readonly kind: MediaKind;
  readonly mime: string;
  /** Without the dot; `bin` when unknown. */
  readonly extension: string;
}

/** Bytes that {@link sniffMedia} looks at. */
export const SNIFF_BYTES = 64;

const type = (kind: MediaKind, mime: string, extension: string): MediaType => ({ kind, mime, extension });

export const UNKNOWN_MEDIA: MediaType = type('unknown', 'application/octet-stream', 'bin');

const OGG = type('audio', 'audio/ogg', 'ogg');
const WAV = type('audio', 'audio/wav', 'wav');
const MP3 = type('audio', 'audio/mpeg', 'mp3');
const AAC = type('audio', 'audio/aac', 'aac');
const M4A = type('audio', 'audio/mp4', 'm4a');
const MP4 = type('video', 'video/mp4', 'mp4');
const THREE_GP = type('video', 'video/3gpp', '3gp');
const WEBP = type('image', 'image/webp', 'webp');
const HEIC = type('image', 'image/heic', 'heic');

/** Plain prefixes, tried in order. */
const PREFIXES: readonly (readonly [prefix: string, media: MediaType])[] = [
  ['fLaC', type('audio', 'audio/flac', 'flac')],
  ['ID3', MP3],
  ['#!AMR', type('audio', 'audio/amr', 'amr')],
  ['caff', type('audio', 'audio/x-caf', 'caf')],
  ['\x1a\x45\xdf\xa3', type('audio', 'audio/webm', 'webm')],
  ['\xff\xd8\xff', type('image', 'image/jpeg', 'jpg')],
  ['\x89PNG\r\n\x1a\n', type('image', 'image/png', 'png')],
  ['GIF8', type('image', 'image/gif', 'gif')],
  ['%PDF-', type('document', 'application/pdf', 'pdf')],
  ['PK\x03\x04', type('document', 'application/zip', 'zip')],
  ['\xd0\xcf\x11\xe0', type('document', 'application/x-ole-storage', 'doc')],
  ['AC10', type('document', 'image/vnd.dwg', 'dwg')],
];

const HEIC_BRANDS = /^(?:hei[cx]|hev[cx]|mif1|msf1|avif)/;

/** The brand of an ISO media file (`ftyp` box): sound, film or picture. */
const isoMedia = (brand: string): MediaType => {
  if (/^M4[AB]/.test(brand)) return M4A;
  if (/^3g/.test(brand)) return THREE_GP;
  return HEIC_BRANDS.test(brand) ? HEIC : MP4;
};

const riffMedia = (form: string): MediaType =>
  form === 'WAVE'
    ? WAV
    : form === 'WEBP'
      ? WEBP
      : form === 'AVI '
        ? type('video', 'video/x-msvideo', 'avi')
        : UNKNOWN_MEDIA;

/** An MPEG frame: eleven sync bits, then a layer; layer 0 is AAC in ADTS. */
const mpegMedia = (bytes: Uint8Array): MediaType => {
  const second = bytes[1] ?? 0;
  if (bytes[0] !== 0xff || (second & 0xe0) !== 0xe0 || ((second >> 3) & 3) === 1) return UNKNOWN_MEDIA;
  return (second & 0x06) === 0 ? AAC : MP3;
};

/** The media type of a file by its first {@link SNIFF_BYTES} bytes. WebM counts as sound: that is what is sent to us. */
export const sniffMedia = (bytes: Uint8Array): MediaType => {
  const head = Buffer.from(bytes.subarray(0, SNIFF_BYTES)).toString('latin1');
  if (head.startsWith('OggS')) return head.includes('theora') ? type('video', 'video/ogg', 'ogv') : OGG;
  if (head.startsWith('RIFF')) return riffMedia(head.slice(8, 12));
  if (head.slice(4, 8) === 'ftyp') return isoMedia(head.slice(8, 12));
  return PREFIXES.find(([prefix]) => head.startsWith(prefix))?.[1] ?? mpegMedia(bytes);
};
