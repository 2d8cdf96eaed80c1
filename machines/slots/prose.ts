/** "I'm Sara Khan from Blue Tower LLC, deliver to Office 5, Marina Plaza": said in so many words (domain 9.3). */
import { namesAnAddress } from './address.ts';
import { findEmail } from './contacts.ts';
import { type Detail, type DetailSlot, tidy } from './detail.ts';
import { looksLikeName, namesACompany, saysIndividual } from './kinds.ts';

const NAME_WORD = "\\p{Lu}[\\p{L}'’-]{1,30}";
const NAME = `${NAME_WORD}(?:\\s(?:bin|bint|al|el|van|de|${NAME_WORD})){0,3}`;
/** "My name is" may be followed by a name without capitals; "I am" may not. */
const NAME_STATED =
  /(?:[Mm]y name(?:'s| is)|[Nn]ame(?:'s| is)|[Cc]all me)\s+([\p{L}'’-]{2,30}(?:\s\p{Lu}[\p{L}'’-]{1,30}){0,3})/u;
const NAME_CAPITAL = new RegExp(`(?:\\bI(?:'|’)?m|\\bI am|\\b[Tt]his is|\\b[Mm]yself)\\s+(${NAME})`, 'u');
const NAME_ARABIC =
  /(?:اسمي|إسمي|معك|معاك|وياك|أنا اسمي)\s+(\p{Script=Arabic}{2,20}(?:\s\p{Script=Arabic}{2,20}){0,2})/u;
/** Where an Arabic name ends and the sentence goes on. */
const AFTER_ARABIC_NAME =
  /(?<!\s)\s+(?:من|و\p{L}{2,}|أريد|اريد|أحتاج|احتاج|ابغى|أبغى|أبي|ابي|عندي|لدي|في|مدير|شركة)(?:\s.*)?$/u;

const COMPANY_STATED =
  /(?:[Mm]y|[Oo]ur|[Tt]he) company(?:'s| name)? (?:is|name is|called)\s+([^\n,.;!?]{2,60})|[Cc]ompany (?:is|name is)\s+([^\n,.;!?]{2,60})|\b(?:[Ii] work|[Ww]e work|[Ww]orking) (?:for|at|with)\s+([^\n,.;!?]{2,60})/u;
const COMPANY_FORM =
  /(?:\b[Ff]rom|\b[Ww]e are|\b[Ww]e're|\b[Tt]his is|\bat|\b[Ff]or)\s+((?:[\p{Lu}\p{N}][\p{L}\p{N}&'’.-]{0,30}\s){1,5}?(?:LLC|L\.L\.C\.?|FZE|FZCO|FZ-?LLC|Ltd|Limited|Inc|Group|Company|Co|Trading|Holding|Clinic|School|Hotel|Bank|Studio|Contracting|Services|Solutions|Consult\w{0,8})(?:\s(?:LLC|L\.L\.C\.?|FZE|FZCO|Ltd|Limited|Group))?)(?!\p{L})/u;
const COMPANY_ARABIC =
  /(?:شركتي|شركتنا|اسم الشركة|اسم شركتنا)\s{1,2}(?:هي\s|هو\s|اسمها\s|:)?\s?([^\n،,.؛!؟]{2,60})|(?:من|نحن|احنا)\s(شركة\s[^\n،,.؛!؟]{2,50})/u;

const ADDRESS_STATED =
  /(?:[Dd]eliver(?:y|ed)?(?: it| them| everything)?(?: to| at| address is)|(?:[Mm]y|[Oo]ur|[Tt]he)(?: delivery| office)? (?:address|location) is|[Ss]hip (?:it |them )?to|[Ss]end (?:it |them )?to)\s*:?\s*([^\n;!?]{6,200})|(?:التوصيل (?:إلى|الى|ل)|عنواني|عنواننا|العنوان|وصلوها (?:إلى|الى|ل)|توصلونها (?:إلى|الى|ل))\s*:?\s*([^\n؛!؟]{6,200})/u;
/** An address ends where the next detail begins. */
const AFTER_ADDRESS =
  /(?:[,،.]\s*|(?<!\s)\s+)?(?:\band\b\s*)?(?:\bmy (?:e-?mail|name|company)|\be-?mail|\bour (?:e-?mail|company)|\bphone|\bthe company|[^\s@]{1,64}@|بريدي|ايميلي|إيميلي|الإيميل|واسمي|شركتي|شركتنا).*$/isu;
const POSITION_STATED =
  /\b(?:[Ii] am|[Ii]'m|[Ii]’m)\s(?:the|an?)\s((?:[\w-]+\s){0,3}(?:manager|director|owner|founder|ceo|coo|cfo|assistant|coordinator|engineer|architect|designer|officer|head of \w+|procurement|buyer|administrator|secretary))\b/iu;

/** What the text says outright; nothing is inferred. */
export const readProse = (text: string): readonly Detail[] => {
  const details: Detail[] = [];
  const state = (slot: DetailSlot, raw: string | undefined | null): void => {
    const value = raw ? tidy(raw) : null;
    if (value !== null) details.push({ slot, value, confidence: 'stated' });
  };
  state('name', nameIn(text));
  state('company', companyIn(text));
  state('email', findEmail(text));
  const address = firstGroup(ADDRESS_STATED.exec(text))?.replace(AFTER_ADDRESS, '');
  if (address && namesAnAddress(address)) state('address', address);
  state('position', POSITION_STATED.exec(text)?.[1]);
  if (saysIndividual(text) && !details.some(({ slot }) => slot === 'company')) {
    details.push({ slot: 'individual', value: 'yes', confidence: 'stated' });
  }
  return details;
};

const firstGroup = (match: RegExpExecArray | null): string | undefined => match?.slice(1).find(Boolean);

const nameIn = (text: string): string | null => {
  const stated = NAME_STATED.exec(text)?.[1] ?? NAME_CAPITAL.exec(text)?.[1];
  if (stated && looksLikeName(stated) && !namesACompany(stated)) {
    return stated.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
  }
  const arabic = NAME_ARABIC.exec(text)?.[1]?.replace(AFTER_ARABIC_NAME, '');
  return arabic && looksLikeName(arabic) ? arabic : null;
};

const companyIn = (text: string): string | undefined => {
  const found =
    firstGroup(COMPANY_STATED.exec(text)) ??
    COMPANY_FORM.exec(text)?.[1] ??
    firstGroup(COMPANY_ARABIC.exec(text));
  if (found === undefined || saysIndividual(found)) return undefined;
  return found.replace(
    /(?<!\s)\s+(?:and|in|located|based|we|i|my|but|so|which|ونريد|ونحتاج|وعنواننا|في)\s.*$/iu,
    '',
  );
};
