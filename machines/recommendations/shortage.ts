/** When fewer pieces exist than are wanted: how many there are, and how they could be split (domain 12.8). */

/** Stock below this is said to be limited (domain 12.8). */
export const LIMITED_BELOW = 5;

export interface Shortage {
  readonly sku: string;
  readonly asked: number;
  /** Can be delivered now. */
  readonly available: number;
  /** For a later delivery, which a colleague confirms, or for an alternative. */
  readonly missing: number;
}

/** Null: enough, or the stock is not known. */
export const shortageOf = (sku: string, stock: number | null, asked: number): Shortage | null => {
  if (stock === null || stock >= asked) return null;
  const available = Math.max(0, stock);
  return { sku, asked, available, missing: asked - available };
};

/** Few are left, though some are. */
export const isLimited = (stock: number | null): boolean =>
  stock !== null && stock > 0 && stock < LIMITED_BELOW;
