/**
 * The sandbox's voice notes: real, playable Ogg/Opus files as WhatsApp sends them. No speech is recorded in them; the
 * double knows them by their bytes and answers what a customer would have said.
 */
import { createHash } from 'node:crypto';
import { silentOpusFile } from './opus-file.ts';

export interface VoiceSample {
  readonly name: 'english' | 'arabic' | 'silence' | 'garbage';
  readonly fileName: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
  readonly seconds: number;
  /** What the double hears; empty for silence and for a file that is none. */
  readonly text: string;
  /** ISO 639-1. */
  readonly language: 'en' | 'ar' | null;
}

const ogg = (
  name: VoiceSample['name'],
  seconds: number,
  language: VoiceSample['language'],
  text: string,
): VoiceSample => ({
  name,
  fileName: `${name}.ogg`,
  mime: 'audio/ogg; codecs=opus',
  bytes: silentOpusFile(`Treejar sample: ${name}`, seconds),
  seconds,
  text,
  language,
});

/** Named like sound, tagged like sound, and nothing in it. */
const GARBAGE: VoiceSample = {
  name: 'garbage',
  fileName: 'garbage.mp3',
  mime: 'audio/mpeg',
  bytes: Buffer.concat([
    Buffer.from('ID3'),
    Buffer.from(Array.from({ length: 600 }, (_, i) => (i * 37) % 251)),
  ]),
  seconds: 0,
  text: '',
  language: null,
};

export const VOICE_SAMPLES: readonly VoiceSample[] = [
  ogg('english', 4.2, 'en', 'Hello, I need ten ergonomic office chairs with mesh backs. What is the price?'),
  ogg('arabic', 3.6, 'ar', 'السلام عليكم، أحتاج عشرة كراسي مكتبية بظهر شبك، كم السعر؟'),
  ogg('silence', 2.4, null, ''),
  GARBAGE,
];

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const BY_HASH = new Map(VOICE_SAMPLES.map((sample) => [hashOf(sample.bytes), sample]));

/** The sample with exactly these bytes. */
export const knownSample = (bytes: Uint8Array): VoiceSample | undefined => BY_HASH.get(hashOf(bytes));

export const voiceSample = (name: VoiceSample['name']): VoiceSample => {
  const found = VOICE_SAMPLES.find((sample) => sample.name === name);
  if (!found) throw new RangeError(`no voice sample is called ${name}`);
  return found;
};
