/** A file for the managers' group (wire/09 §1): multipart, with a caption that carries the mark of its id. */
import { Effect, Schema } from 'effect';
import { alertMark } from './alert.ts';
import type { TelegramCalls } from './calls.ts';
import type { TelegramError } from './errors.ts';
import { cutEnd } from './html.ts';
import { malformed } from './replies.ts';

export interface Paper {
  /** The same for every try: managers recognise a file that a lost answer made the bot post twice. */
  readonly paperId: string;
  /** With its extension. */
  readonly fileName: string;
  /** MIME type. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Plain text; cut to what Telegram takes. */
  readonly caption: string;
  /** Arrives without a sound. */
  readonly silent?: boolean;
}

/** Wire/09 §3. */
export const MAX_CAPTION_CHARS = 1024;

const SentBody = Schema.Struct({
  message_id: Schema.Int,
  document: Schema.Struct({ file_id: Schema.String }),
});

/** Posts the file; its message id. */
export const postPaper = (
  calls: TelegramCalls,
  chatId: string,
  paper: Paper,
): Effect.Effect<string, TelegramError> => {
  const mark = alertMark(paper.paperId);
  const parts = new FormData();
  parts.set('chat_id', chatId);
  // On one line: multipart turns a line's end into two characters, which would count.
  parts.set('caption', `${cutEnd(paper.caption, MAX_CAPTION_CHARS - mark.length - 1)} ${mark}`);
  parts.set('disable_notification', String(paper.silent ?? false));
  parts.set('document', new Blob([Uint8Array.from(paper.bytes)], { type: paper.type }), paper.fileName);
  return calls.sendFile(parts).pipe(
    Effect.flatMap((result) =>
      Schema.decodeUnknownEffect(SentBody)(result).pipe(Effect.mapError(() => malformed('sendDocument'))),
    ),
    Effect.map(({ message_id }) => String(message_id)),
  );
};
