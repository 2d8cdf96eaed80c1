/** Links, e-mail addresses, phone numbers and bank details: never invented, never asked for (lesson F-19). */
import { ADDRESS } from '../../language/addresses.ts';
import { fold } from '../../language/fold.ts';
import { words } from '../../language/words.ts';
import { type Check, eachSentence } from './check.ts';

const DOMAIN =
  /(?<![\p{L}\p{N}@.])[\w-]{2,60}(?:\.[\w-]{2,30}){0,2}\.(?:com|ae|net|org|shop|store|io|example|test)(?![\w])(?:\/\S{0,200})?/giu;
const PHONE =
  /(?<![\d.,])(?:\+|00)\d[\d\s()-]{6,18}\d|(?<![\d.,])0[45]\d?[\s-]?\d{3}[\s-]?\d{3,4}(?!\d)|(?<![\d.,])800[\s-]?\d{3,7}(?!\d)/g;
const IBAN = /(?<![\p{L}\p{N}])[a-z]{2}\d{2}(?:\s?[a-z\d]{4}){3,7}(?:\s?[a-z\d]{1,3})?(?![\p{L}\p{N}])/giu;
const ACCOUNT = /(?:account|acc|حساب)[^\d]{0,20}\d{6,}/giu;
const HANDLE = /(?<![\p{L}\p{N}.])@[a-z][\w.]{2,30}/giu;
const SECRETS = words(
  '(?:card|credit card) (?:number|details|no)|cvv|cvc|otp|one[- ]time (?:code|password)|pin code|password',
  ['رقم البطاقة', 'رمز التحقق', 'كلمة المرور', 'كلمة السر'],
);

const digitsOf = (text: string): string => text.replace(/\D+/g, '').replace(/^00/, '');

export const unknownContacts: Check = eachSentence('contact', (said, known) => {
  const told = fold(`${known.businessText}\n${known.customerWords.join('\n')}`);
  const ours = digitsOf(known.businessText);
  const theirs = digitsOf(known.customerWords.join('\n'));
  const plain = fold(said.text);
  const links = [...plain.matchAll(ADDRESS), ...plain.matchAll(DOMAIN), ...plain.matchAll(HANDLE)]
    .map((match) => match[0].replace(/(?<![.,;:!?)])[.,;:!?)]+$/, ''))
    .filter((link) => !told.includes(link));
  const numbers = [...plain.matchAll(PHONE)]
    .map((match) => match[0])
    .filter((phone) => !ours.includes(digitsOf(phone)) && !theirs.includes(digitsOf(phone)));
  const accounts = [...plain.matchAll(IBAN), ...plain.matchAll(ACCOUNT)]
    .map((match) => match[0])
    .filter((account) => !ours.includes(digitsOf(account)) || digitsOf(account) === '');
  return [
    ...[...new Set([...links, ...numbers, ...accounts])].map(
      (contact) =>
        `"${contact}" is in no article of this turn; give no address, number or account that is not there.`,
    ),
    ...(SECRETS.test(plain) ? ['Never ask for card numbers, codes or passwords.'] : []),
  ];
});
