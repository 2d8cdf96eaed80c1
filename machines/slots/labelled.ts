/** "Name: Omar, Company: Falcon", one a line or in a row, English and Arabic (domain 9.3). */
import { isSpecificAddress } from './address.ts';
import { findEmail, findPhone } from './contacts.ts';
import { type Detail, type DetailSlot, tidy } from './detail.ts';
import { saysIndividual } from './kinds.ts';

const LABELS: Readonly<Record<DetailSlot, string>> = {
  name: "(?:(?:my|full|contact|customer'?s?|first) )?name|contact(?: person)?|attn|attention|(?:ال)?[اإ]سم(?:ي)?(?: الكامل)?|اسم العميل",
  company:
    '(?:(?:my|our) )?company(?: name)?|firm|organi[sz]ation|business name|اسم الشركة|(?:ال)?شركة|المؤسسة|اسم المؤسسة',
  individual: 'individual|فرد',
  email: 'e-?mail(?: address| id)?|mail(?: id)?|(?:ال)?بريد(?: الإلكتروني| الالكتروني)?|(?:ال)?[إا]يميل',
  phone:
    'phone(?: number| no\\.?)?|mobile(?: number| no\\.?)?|tel(?:ephone)?|whatsapp|contact (?:number|no\\.?)|(?:رقم )?(?:ال)?(?:هاتف|جوال|موبايل|تلفون)',
  address:
    '(?:delivery |shipping |full |office |site )?address|(?:delivery )?location|deliver(?:y)? to|عنوان(?:ي)?(?: التوصيل)?|العنوان|الموقع|موقع التوصيل|التوصيل إلى',
  position: 'position|job title|title|designation|role|المنصب|الوظيفة|المسمى الوظيفي',
};
const SLOTS = Object.keys(LABELS) as readonly DetailSlot[];

/** A label begins a line, or follows a comma, a semicolon, a slash or a bar; a mark ends it. */
const LABEL = new RegExp(
  `(?:^|[\\n,،;؛|/])[ \\t]*(?:(?:[-*•]|\\d{1,2}[.)])[ \\t]*)?\\*?(?:${SLOTS.map((slot) => `(?<${slot}>${LABELS[slot]})`).join('|')})\\*?[ \\t]*(?:[:：=]|[ \\t]-[ \\t]|[ \\t][–—][ \\t])`,
  'giu',
);

/** Values under their labels. An address under its label that no lorry could find is left out (domain 9.2). */
export const readLabelled = (text: string): readonly Detail[] => {
  const labels = [...text.matchAll(LABEL)];
  return labels.flatMap((label, i) => {
    const slot = SLOTS.find((name) => label.groups?.[name] !== undefined);
    const from = label.index + label[0].length;
    const rest = text.slice(from, labels[i + 1]?.index ?? text.length);
    const value = tidy(rest.split('\n')[0] ?? '');
    return slot === undefined || value === null ? [] : checked(slot, value);
  });
};

const checked = (slot: DetailSlot, value: string): readonly Detail[] => {
  const stated = (name: DetailSlot, found: string | null): readonly Detail[] =>
    found === null ? [] : [{ slot: name, value: found, confidence: 'stated' }];
  switch (slot) {
    case 'email':
      return stated('email', findEmail(value));
    case 'phone':
      return stated('phone', findPhone(value));
    case 'address':
      return isSpecificAddress(value) ? stated('address', value) : [];
    case 'company':
      return saysIndividual(value) ? stated('individual', 'yes') : stated('company', value);
    case 'individual':
      return /^(?:no|لا)\b/iu.test(value) ? [] : stated('individual', 'yes');
    default:
      return /\p{L}/u.test(value) ? stated(slot, value) : [];
  }
};
