/** Unsent text by conversation: going to another chat and back loses nothing. In memory only, it is customers' business. */

/** Conversations whose drafts are kept; the oldest goes first (G10). */
export const MAX_DRAFTS = 200;

export interface Draft {
  readonly kind: 'manager' | 'note';
  readonly text: string;
}

const drafts = new Map<string, Draft>();

export const readDraft = (id: string): Draft | null => drafts.get(id) ?? null;

export const keepDraft = (id: string, draft: Draft): void => {
  drafts.delete(id);
  if (draft.text.trim() === '') return;
  drafts.set(id, draft);
  const oldest = drafts.keys().next().value;
  if (drafts.size > MAX_DRAFTS && oldest !== undefined) drafts.delete(oldest);
};
