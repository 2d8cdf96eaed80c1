/**
 * What models are writing on this replica, for whoever watches here. Nothing of it is stored or logged, and nothing
 * crosses to other replicas: whoever watches there sees the message when it is there.
 */
import { Effect, Layer } from 'effect';
import { type Preview, TypingPreview } from '../../actors/model/typing-preview.ts';
import type { TypingSource } from '../api/deps.ts';
import type { TypingView } from '../api/schemas.ts';
import { MAX_TYPING_CHARS, TYPING_COALESCE_MS } from './protocol.ts';

export interface TypingPreviews extends TypingSource {
  readonly layer: Layer.Layer<TypingPreview>;
}

type Listener = (conversationId: string, typing: TypingView) => void;

export const makeTypingPreviews = (): TypingPreviews => {
  const listeners = new Set<Listener>();
  const tell: Listener = (conversationId, typing) => {
    for (const listener of listeners) listener(conversationId, typing);
  };
  return {
    layer: Layer.succeed(TypingPreview, {
      open: (conversationId) => Effect.sync(() => openPreview(conversationId, tell)),
    }),
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
