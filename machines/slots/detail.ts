/** What a customer says about themselves, with how sure it is (domain 9.3, lesson F-05). */

export type DetailSlot = 'name' | 'company' | 'individual' | 'email' | 'phone' | 'address' | 'position';

/**
 * `stated`: under its label, in so many words, or unmistakable (an e-mail address). `likely`: the bare answer to the one
 * question asked, or a list in the order asked for. `guess`: fits best; read back once before it is used.
 */
export type Confidence = 'stated' | 'likely' | 'guess';

export interface Detail {
  readonly slot: DetailSlot;
  /** As the customer wrote it, trimmed; `yes` for `individual`. */
  readonly value: string;
  readonly confidence: Confidence;
}

const MAX_VALUE_CHARS = 200;

/** Spaces collapsed, closing marks and quotes dropped; `null` when nothing is left or it is too long. */
export const tidy = (raw: string): string | null => {
  const value = raw
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^["'“”«»:：\-–—\s]+/, '')
    .replace(/(?<!["'“”«»\s.,;،؛!])["'“”«»\s.,;،؛!]+$/, '');
  return value === '' || value.length > MAX_VALUE_CHARS || !/[\p{L}\p{N}]/u.test(value) ? null : value;
};
