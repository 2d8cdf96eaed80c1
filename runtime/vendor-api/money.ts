/** Money as the API takes it. */
import { VendorRefusal } from '../api/vendor-failure.ts';
import type { Price } from '../api/vendor-schemas.ts';

/** The decimal text of a price; another currency than the shop's is refused, never converted. */
export const decimalOf = (price: Price, currency: string, path: string): string => {
  if (typeof price === 'string') return price;
  if (price.currency === currency) return price.amount;
  throw new VendorRefusal(422, 'other_currency', `must be in ${currency}, the shop's currency`, path);
};
