/** Keeps the bubble of what the model is writing: it goes when the message is there, and never stays for good. */
import type { Typing } from '../api/types.ts';
import type { ConversationStore } from '../stores/conversation-store.ts';

/** The message itself follows within this time; until then the bubble stays, so that nothing jumps. */
export const MESSAGE_FOLLOWS_MS = 400;
/** The server says when it ends; a server that died in the middle says nothing. */
export const PREVIEW_TTL_MS = 12_000;

export interface PreviewKeeper {
  readonly typing: (typing: Typing) => void;
  /** What was being written is not known any more: a new connection, or the page is left. */
  readonly clear: () => void;
}

export const makePreviewKeeper = (store: ConversationStore): PreviewKeeper => {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const clear = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (store.getSnapshot().context.preview !== null) store.trigger.previewed({ text: null });
  };
  return {
    typing: ({ text, done }) => {
      if (timer !== null) clearTimeout(timer);
      if (!done) store.trigger.previewed({ text });
      timer = setTimeout(clear, done ? MESSAGE_FOLLOWS_MS : PREVIEW_TTL_MS);
    },
    clear,
  };
};
