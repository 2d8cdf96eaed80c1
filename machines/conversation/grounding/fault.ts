/** What can be wrong with a reply. */

/** One name for each kind of untruth; the cases and the timeline use it. */
export type Family =
  | 'length'
  | 'leak'
  | 'language'
  | 'instruction'
  | 'amount'
  | 'stock'
  | 'percentage'
  | 'discount'
  | 'time'
  | 'promise'
  | 'permission'
  | 'effect'
  | 'article_number'
  | 'quantity'
  | 'attribute'
  | 'assurance'
  | 'company'
  | 'contact';

export interface Fault {
  readonly family: Family;
  /** For the model that repairs the reply: what is wrong and what to do instead. */
  readonly problem: string;
  /** Index of the false sentence; null: the reply as a whole. */
  readonly sentence: number | null;
}
