/** "Omar / Falcon / omar@example.test / Office 5, Marina Plaza", and the same one per line (domain 9.3, lesson F-05). */
import { isSpecificAddress, namesAnAddress } from './address.ts';
import { findEmail, findPhone } from './contacts.ts';
import { type Confidence, type Detail, type DetailSlot, tidy } from './detail.ts';
import { looksLikeCompany, looksLikeName, namesACompany, saysIndividual } from './kinds.ts';

/** More parts than there are details make a text, not a form. */
const MAX_PARTS = 8;
/** The order in which the business asks (domain 9.3). */
const ORDER: readonly DetailSlot[] = ['name', 'company', 'email', 'address'];

/** The parts of a list, or `null` when the text is none. A comma separates only around an e-mail address. */
export const partsOf = (text: string): readonly string[] | null => {
  const trimmed = text.trim();
  for (const separator of [/(?:(?<!\s)[^\S\n]+)?\n\s*/, /(?:(?<!\s)\s+)?[/|]\s*/, /(?:(?<!\s)\s+)?[;؛]\s*/]) {
    const parts = trimmed.split(separator).filter((part) => part !== '');
    if (parts.length >= 2 && parts.length <= MAX_PARTS) return joinBrokenAddress(parts);
  }
  const parts = trimmed.split(/(?:(?<!\s)\s+)?[,،]\s*/).filter((part) => part !== '');
  const mail = parts.findIndex((part) => findEmail(part) === part.toLowerCase());
  if (mail < 1 || parts.length > MAX_PARTS) return null;
  const address = parts.slice(mail + 1).join(', ');
  return [...parts.slice(0, mail + 1), ...(address === '' ? [] : [address])];
};

/** "Office 5/7" and "c/o" are cut by a slash: neighbours that are both addresses are one. */
const joinBrokenAddress = (parts: readonly string[]): readonly string[] =>
  parts.reduce<string[]>((joined, part) => {
    const last = joined.at(-1);
    if (last !== undefined && isAddressPart(last) && isAddressPart(part))
      joined[joined.length - 1] = `${last}, ${part}`;
    else joined.push(part);
    return joined;
  }, []);

const isAddressPart = (part: string): boolean => namesAnAddress(part) && findEmail(part) === null;

/**
 * Gives each part its slot: what is unmistakable first (an e-mail, a phone, a street, a firm's form, "individual"), then
 * the rest in the order asked for. `asked`: the slots that our last message asked for, in that order.
 */
export const readParts = (parts: readonly string[], asked: readonly DetailSlot[]): readonly Detail[] => {
  const left: string[] = [];
  const details: Detail[] = [];
  for (const part of parts) {
    const sure = unmistakable(part);
    if (sure && !details.some(({ slot }) => slot === sure.slot)) details.push(sure);
    else left.push(part);
  }
  const taken = new Set(details.map(({ slot }) => slot));
  if (taken.has('individual')) taken.add('company');
  const open = (asked.length > 0 ? asked : ORDER).filter((slot) => !taken.has(slot));
  // A list of unknown words is nobody's details unless something in it is unmistakable or it was asked for.
  if (details.length === 0 && asked.length === 0) return [];
  const complete = left.length === open.length || asked.length === 0;
  return [...details, ...inOrder(left, open, complete ? 'likely' : 'guess')];
};

const inOrder = (
  parts: readonly string[],
  open: readonly DetailSlot[],
  confidence: Confidence,
): readonly Detail[] => {
  const free = [...open];
  return parts.flatMap((part) => {
    const index = free.findIndex((slot) => suits(part, slot));
    const slot = free[index];
    const value = tidy(part);
    if (slot === undefined || value === null) return [];
    free.splice(0, index + 1);
    return [{ slot, value, confidence: index === 0 ? confidence : 'guess' }];
  });
};

const unmistakable = (part: string): Detail | null => {
  const value = tidy(part);
  if (value === null) return null;
  const email = findEmail(part);
  const stated = (slot: DetailSlot, found: string): Detail => ({ slot, value: found, confidence: 'stated' });
  if (email !== null) return stated('email', email);
  if (namesACompany(value) && !namesAnAddress(value)) return stated('company', value);
  if (namesAnAddress(value)) return stated('address', value);
  if (saysIndividual(value)) return stated('individual', 'yes');
  const phone = findPhone(value);
  return phone !== null && !/\p{L}/u.test(value) ? stated('phone', phone) : null;
};

/** Whether a bare answer can be the value of the slot. */
export const suits = (part: string, slot: DetailSlot): boolean => {
  switch (slot) {
    case 'name':
      return looksLikeName(part) && !namesACompany(part);
    case 'company':
      return looksLikeCompany(part) && findEmail(part) === null;
    case 'address':
      return isSpecificAddress(part);
    case 'email':
      return findEmail(part) !== null;
    case 'phone':
      return findPhone(part) !== null;
    case 'individual':
      return saysIndividual(part);
    case 'position':
      return looksLikeName(part);
  }
};
