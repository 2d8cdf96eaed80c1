/** Reads a transcription: `json` of gpt-4o models, `verbose_json` of whisper-1, and what compatible servers make of them (wire/06 §2). */
import { Result, Schema } from 'effect';
import { ownEntry } from '../http/vendor-word.ts';
import { TranscriberBadReply } from './errors.ts';

const Maybe = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullishOr(schema));

const WireReply = Schema.Struct({
  text: Schema.String,
  language: Maybe(Schema.String),
  duration: Maybe(Schema.Union([Schema.Number, Schema.NumberFromString])),
  segments: Maybe(
    Schema.Array(
      Schema.Struct({
        text: Maybe(Schema.String),
        no_speech_prob: Maybe(Schema.Number),
        avg_logprob: Maybe(Schema.Number),
      }),
    ),
  ),
  usage: Maybe(Schema.Struct({ seconds: Maybe(Schema.Number), cost: Maybe(Schema.Number) })),
});

export interface Transcript {
  /** Empty when there was no speech. A customer's words: never logged. */
  readonly text: string;
  /** ISO 639-1 when known. */
  readonly language: string | null;
  /** Length of the clip. */
  readonly seconds: number | null;
  /** What the vendor booked, US dollars; `null` when it did not say. */
  readonly cost: number | null;
  readonly noSpeech: boolean;
}

/** Whisper's own rule for silence: probably no speech, and not sure of its words either. */
const NO_SPEECH_PROB = 0.6;
const SURE_LOGPROB = -1;

/** whisper-1 answers names (wire/06 §2). The languages heard in the Gulf; others stay as they come. */
const LANGUAGES: Readonly<Record<string, string>> = {
  english: 'en',
  arabic: 'ar',
  hindi: 'hi',
  urdu: 'ur',
  russian: 'ru',
  persian: 'fa',
  french: 'fr',
  german: 'de',
  spanish: 'es',
  chinese: 'zh',
  malayalam: 'ml',
  tamil: 'ta',
  bengali: 'bn',
  tagalog: 'tl',
  turkish: 'tr',
};

const languageOf = (name: string | null | undefined): string | null => {
  const lower = name?.trim().toLowerCase() ?? '';
  return lower === '' ? null : (ownEntry(LANGUAGES, lower) ?? lower.slice(0, 20));
};

type Segment = NonNullable<(typeof WireReply.Type)['segments']>[number];

const isSilent = ({ no_speech_prob, avg_logprob }: Segment): boolean =>
  (no_speech_prob ?? 0) > NO_SPEECH_PROB && (avg_logprob ?? 0) < SURE_LOGPROB;

/** Words of segments that hold speech: in silence the model invents some (wire/06 §4). */
const spokenText = (text: string, segments: readonly Segment[]): string => {
  if (!segments.some(isSilent)) return text.trim();
  const spoken = segments.filter((segment) => !isSilent(segment)).map((segment) => segment.text ?? '');
  return spoken.join('').trim();
};

/** A letter or digit: a lone dot or note sign is no speech. */
const WORD = /[\p{L}\p{N}]/u;

/** `body`: the parsed JSON of a 200; a string or `undefined` when it was none. */
export const readTranscript = (body: unknown): Result.Result<Transcript, TranscriberBadReply> => {
  const decoded = Schema.decodeUnknownResult(WireReply)(body);
  if (Result.isFailure(decoded)) {
    return Result.fail(
      new TranscriberBadReply({
        message: 'The answer is no transcription; check WHISPER_BASE_URL, the call may be tried again',
        retryable: true,
      }),
    );
  }
  const { text, language, duration, segments, usage } = decoded.success;
  const words = spokenText(text, segments ?? []);
  const noSpeech = !WORD.test(words);
  return Result.succeed({
    text: noSpeech ? '' : words,
    language: languageOf(language),
    seconds: duration ?? usage?.seconds ?? null,
    cost: usage?.cost ?? null,
    noSpeech,
  });
};
