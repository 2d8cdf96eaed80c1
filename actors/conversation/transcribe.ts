/** Voice notes to words: fetched from the channel's store only, heard by Whisper (domain 16.5, contract 3.6). */
import { Effect } from 'effect';
import { MediaDownload } from '../../adapters/whisper/media-download.ts';
import { Transcriber } from '../../adapters/whisper/whisper.ts';
import type { TranscribeInput, TranscribeOutput } from '../../machines/conversation/actors.ts';

type Note = TranscribeInput['notes'][number];
type Heard = TranscribeOutput['heard'][number];

/**
 * Hears each note by itself: one that cannot be used does not silence the others. Fails only when a failure may pass,
 * so that the runner tries again; final ones are told as `reason` (each note gets one polite request to type).
 */
export const transcribe = Effect.fn('transcribe')(function* (input: TranscribeInput) {
  const heard = yield* Effect.forEach(input.notes, hear, { concurrency: 'unbounded' });
  return { heard } satisfies TranscribeOutput;
});

const hear = Effect.fnUntraced(
  function* (note: Note) {
    const media = yield* MediaDownload;
    const transcriber = yield* Transcriber;
    const file = yield* media.fetch({ contentUri: note.uri, kinds: ['audio', 'unknown'] });
    const transcription = yield* transcriber.transcribe({ bytes: file.bytes, mime: file.type.mime });
    return {
      messageId: note.messageId,
      text: transcription.noSpeech ? null : transcription.text,
      reason: transcription.noSpeech ? 'nothing was said' : null,
      seconds: transcription.seconds,
      costUsd: transcription.costUsd,
    } satisfies Heard;
  },
  (effect, note) =>
    effect.pipe(
      Effect.catch((error) =>
        error.retryable
          ? Effect.fail(error)
          : Effect.succeed<Heard>({
              messageId: note.messageId,
              text: null,
              reason: error._tag,
              seconds: null,
              costUsd: null,
            }),
      ),
    ),
);
