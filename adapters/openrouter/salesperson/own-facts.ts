/** What the customer says of themselves in the light of what we asked for. Pure. */
import { type Facts, factsIn } from './customer-facts.ts';
import { detailsIn } from './details.ts';
import { ASKS_COMPANY, ASKS_NAME } from './lexicon.ts';
import type { Scene } from './scene.ts';

/** What the customer says of themselves, and what bare words answer of the details that we asked for. */
export const allFacts = (scene: Scene): Facts => {
  const stated = factsIn(scene.said, scene.piecesAsked.size > 0 ? null : askedFor(scene));
  if (scene.piecesAsked.size > 0) return { ...detailsIn(scene.said, scene.piecesAsked, stated), ...stated };
  return { ...givenUnasked(scene.said, stated), ...stated };
};

const COMPANY_PART =
  /^(?:\p{Lu}[\p{L}\p{N}&'.-]{0,30}\s){1,5}(?:LLC|L\.L\.C|FZE|FZCO|FZ-LLC|DMCC|Ltd|Limited|Inc|Group|Company|Co|Trading|Holding|Contracting|Services|Solutions)$|^(?:شركة|شركه|مؤسسة|مجموعة)\s\p{Script=Arabic}+(?:\s\p{Script=Arabic}+){0,4}$/u;
const NAME_PART =
  /^(?:the |my )?(?:[Nn]ame|[Qq]uot(?:e|ation) (?:is )?for|[Ff]or)\s(\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+){0,2})$|^(?:الاسم|اسمي|باسم)\s(\p{Script=Arabic}+(?:\s\p{Script=Arabic}+)?)$/u;
const PARTS = /[,،;؛\n]|(?<=\p{L}{3})\.\s/u;

/** All details in one message with the order, before we asked: each part has to show by its form what it is (lesson F-05). */
const givenUnasked = (said: string, stated: Facts): Facts => {
  const email = typeof stated.email === 'string' ? stated.email : null;
  if (email === null) return {};
  const parts = said.split(PARTS).map((part) => part.trim());
  const company = parts.find((part) => COMPANY_PART.test(part));
  const named = parts.map((part) => NAME_PART.exec(part)).find((match) => match !== null);
  const name = named?.[1] ?? named?.[2];
  // An address stands behind the e-mail as it would after our question.
  const after = said.split(email)[1] ?? '';
  return {
    ...(/^\s*[,،\n]/.test(after) ? detailsIn(after, new Set(['address']), stated) : {}),
    ...(company === undefined ? {} : { company }),
    ...(name === undefined || COMPANY_PART.test(name) ? {} : { name }),
  };
};

const askedFor = (scene: Scene): 'name' | 'company' | null => {
  const last = scene.replies[0] ?? '';
  if (ASKS_NAME.test(last)) return 'name';
  return ASKS_COMPANY.test(last) ? 'company' : null;
};
