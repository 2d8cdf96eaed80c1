/** What can go wrong around the product while a dialogue is played; each is undone before the next dialogue. */
import type { Doubles } from '../support/product.ts';

export const BREAKAGES = {
  'the model answers with an error inside a 200 once': ({ openrouter }: Doubles) =>
    openrouter.fail('error-in-200'),
  'the model answers nothing once': ({ openrouter }: Doubles) => openrouter.fail('empty'),
  'the model is away': ({ openrouter }: Doubles) => openrouter.fail('503', 2),
  'the channel answers 500 twice': ({ wazzup }: Doubles) =>
    wazzup.server.addFault({ path: /\/message$/, method: 'POST', times: 2, respond: { status: 500 } }),
  'the channel sends and does not say so': ({ wazzup }: Doubles) =>
    wazzup.server.addFault({ path: /\/message$/, method: 'POST', times: 1, dropAfter: true }),
  'the CRM is away': ({ zoho }: Doubles) =>
    zoho.server.addFault({ path: /\/crm\//, times: 3, respond: { status: 500 } }),
  'the CRM records a contact and does not say so': ({ zoho }: Doubles) =>
    zoho.server.addFault({ path: /\/Contacts$/, method: 'POST', times: 1, dropAfter: true }),
  'Zoho revokes our access': ({ zoho }: Doubles) => {
    zoho.state.oauth.error = 'invalid_code';
    zoho.state.oauth.invalidateTokens();
  },
} satisfies Record<string, (doubles: Doubles) => void>;

export type Breakage = keyof typeof BREAKAGES;

export const mendAll = ({ openrouter, wazzup, zoho }: Doubles): void => {
  openrouter.reset();
  openrouter.setLatency(0);
  wazzup.server.clearFaults();
  zoho.server.clearFaults();
  zoho.state.oauth.error = null;
};
