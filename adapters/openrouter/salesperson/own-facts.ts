/** What the customer says of themselves in the light of what we asked for. Pure. */
import { type Facts, factsIn } from './customer-facts.ts';
import { detailsIn } from './details.ts';
import { ASKS_COMPANY, ASKS_NAME } from './lexicon.ts';
import type { Scene } from './scene.ts';

/** What the customer says of themselves, and what bare words answer of the details that we asked for. */
export const allFacts = (scene: Scene): Facts => {
  const stated = factsIn(scene.said, scene.piecesAsked.size > 0 ? null : askedFor(scene));
  if (scene.piecesAsked.size > 0) return { ...detailsIn(scene.said, scene.piecesAsked, stated), ...stated };
  // "Send it to sara@acme.ae, office 12, Bay Square": after an e-mail an address stands as it would after our question.
  const email = typeof stated.email === 'string' ? scene.said.split(stated.email)[1] : undefined;
  return {
    ...(email === undefined || !/^\s*[,،\n]/.test(email)
      ? {}
      : detailsIn(email, new Set(['address']), stated)),
    ...stated,
  };
};

const askedFor = (scene: Scene): 'name' | 'company' | null => {
  const last = scene.replies[0] ?? '';
  if (ASKS_NAME.test(last)) return 'name';
  return ASKS_COMPANY.test(last) ? 'company' : null;
};
