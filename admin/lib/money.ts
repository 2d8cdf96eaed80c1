/** Money as it is written: the API's decimal string, grouped; never a float on the way. */
import type { MoneyView } from '../api/types.ts';

/** `AED 12,450.00`. Digits stay Western in every language: quotes and invoices are written so. */
export const money = ({ amount, currency }: MoneyView): string => {
  const [whole = '0', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3}){1,12}(?!\d))/g, ',');
  return `${currency} ${fraction === undefined ? grouped : `${grouped}.${fraction}`}`;
};
