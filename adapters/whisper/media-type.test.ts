import { describe, expect, test } from 'vitest';
import { audioSeconds } from './audio-duration.ts';
import { sniffMedia } from './media-type.ts';
import { silentOpusFile } from './opus-file.ts';

const wav = (seconds: number): Buffer => {
  const data = Buffer.alloc(Math.round(seconds * 32_000));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(16_000, 24);
  head.writeUInt32LE(32_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
};
const bytes = (text: string): Buffer => Buffer.from(text.padEnd(80, '\0'), 'latin1');

describe("a file's type by its bytes", () => {
  test.each<[string, string]>([
    ['OggS\0\x02', 'audio/ogg'],
    ['RIFF....WAVEfmt ', 'audio/wav'],
    ['RIFF....WEBPVP8 ', 'image/webp'],
    ['RIFF....CDR ', 'application/octet-stream'],
    ['ID3\x04', 'audio/mpeg'],
    ['\xff\xfb\x90', 'audio/mpeg'],
    ['\xff\xf1\x50', 'audio/aac'],
    ['fLaC', 'audio/flac'],
    ['\0\0\0\x1cftypM4A ', 'audio/mp4'],
    ['\0\0\0\x1cftypisom', 'video/mp4'],
    ['\0\0\0\x1cftyp3gp5', 'video/3gpp'],
    ['\0\0\0\x1cftypheic', 'image/heic'],
    ['\x1a\x45\xdf\xa3', 'audio/webm'],
    ['#!AMR\n', 'audio/amr'],
    ['\xff\xd8\xff\xe1', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['%PDF-1.7', 'application/pdf'],
    ['<!doctype html>', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('%j is %s', (head, mime) => {
    expect(sniffMedia(bytes(head)).mime).toBe(mime);
  });
});

describe('length', () => {
  test('of Opus and WAV is read from the file', () => {
    for (const seconds of [0.06, 1, 3.33, 130]) {
      expect(audioSeconds(silentOpusFile('x', seconds))).toBeCloseTo(seconds, 4);
    }
    expect(audioSeconds(wav(2.5))).toBeCloseTo(2.5, 4);
  });

  test('is unknown for damaged and other files, and never throws', () => {
    const whole = silentOpusFile('x', 3);
    expect(audioSeconds(bytes('OggS'))).toBeNull();
    expect(audioSeconds(bytes('ID3'))).toBeNull();
    for (let cut = 0; cut < whole.length; cut += 7) {
      const seconds = audioSeconds(whole.subarray(0, cut));
      expect(seconds === null || seconds <= 3).toBe(true);
    }
    for (let cut = 0; cut < 60; cut++) audioSeconds(wav(1).subarray(0, cut));
  });
});
