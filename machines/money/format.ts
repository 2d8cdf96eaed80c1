/** Money in words a customer reads. Western digits in both languages: the Gulf's invoices use them. */
import type { Language } from '../language/language.ts';
import type { Money } from './money.ts';

const ARABIC_NAMES: Readonly<Record<string, string>> = {
  AED: 'درهم',
  USD: 'دولار',
  EUR: 'يورو',
  SAR: 'ريال',
};

/** `AED` in English, `درهم` in Arabic; the code itself for a currency without a known name. */
export const currencyName = (currency: string, language: Language): string =>
  language === 'en' || !Object.hasOwn(ARABIC_NAMES, currency)
    ? currency
    : (ARABIC_NAMES[currency] ?? currency);

/** `1250.00` as `1,250.00`. */
export const groupThousands = (amount: string): string => amount.replace(/\B(?=(?:\d{3}){1,12}\.)/g, ',');

/** `AED 1,250.00` in English, `1,250.00 درهم` in Arabic (domain 9.11: two decimals). */
export const formatMoney = (value: Money, language: Language): string => {
  const amount = groupThousands(value.amount);
  const currency = currencyName(value.currency, language);
  return language === 'en' ? `${currency} ${amount}` : `${amount} ${currency}`;
};
