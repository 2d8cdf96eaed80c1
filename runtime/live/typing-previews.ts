/**
 * What models are writing, for whoever watches on any replica: through Redis where it is there, on this replica alone
 * otherwise. Nothing of it is stored or logged; who misses a piece sees the message when it is there.
 */
import { Effect, Layer, Option, Schema } from 'effect';
import { type Preview, TypingPreview } from '../../actors/model/typing-preview.ts';
import { Fanout } from '../../adapters/redis/shared-state.ts';
import type { TypingSource } from '../api/deps.ts';
import type { TypingView } from '../api/schemas.ts';
import { MAX_TYPING_CHARS, TYPING_COALESCE_MS } from './protocol.ts';

export interface TypingPreviews extends TypingSource {
  readonly layer: Layer.Layer<TypingPreview, never, Fanout>;
}

const CHANNEL = 'typing';
const Piece = Schema.Struct({
  id: Schema.String,
  typing: Schema.Struct({ text: Schema.String, done: Schema.Boolean }),
});
const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Piece));

type Listener = (conversationId: string, typing: TypingView) => void;

export const makeTypingPreviews = (): TypingPreviews => {
  const listeners = new Set<Listener>();
  const heard = (message: string): void => {
    const piece = Option.getOrNull(decode(message));
    if (piece) for (const listener of listeners) listener(piece.id, piece.typing);
  };
  return {
    layer: Layer.effect(
      TypingPreview,
      Effect.gen(function* () {
        const fanout = yield* Fanout;
        // One channel is never too many.
        yield* Effect.orDie(fanout.subscribe(CHANNEL, { message: heard, gap: () => undefined }));
        // This replica's own listeners are served before `publish` returns.
        const tell: Listener = (id, typing) =>
          void Effect.runFork(Effect.ignore(fanout.publish(CHANNEL, JSON.stringify({ id, typing }))));
        return { open: (conversationId) => Effect.sync(() => openPreview(conversationId, tell)) };
      }),
    ),
    onTyping: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

/** The first piece is told at once, what follows at most every {@link TYPING_COALESCE_MS}. */
const openPreview = (conversationId: string, tell: Listener): Preview => {
  let text = '';
  let told = '';
  let timer: NodeJS.Timeout | null = null;
  let ended = false;

  const flush = (): void => {
    timer = null;
    if (text === told) return;
    told = text;
    tell(conversationId, { text, done: false });
    timer = setTimeout(flush, TYPING_COALESCE_MS);
    timer.unref();
  };

  return {
    add: (piece) => {
      if (ended || text.length >= MAX_TYPING_CHARS) return;
      text = (text + piece).slice(0, MAX_TYPING_CHARS);
      if (timer === null) flush();
    },
    end: Effect.sync(() => {
      ended = true;
      if (timer !== null) clearTimeout(timer);
      if (told !== '') tell(conversationId, { text: '', done: true });
    }),
  };
};
