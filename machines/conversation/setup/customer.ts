/** What the customer region asks and does. */
import type { IdentifyOutput } from '../actors.ts';
import { outputOf, timeOf } from '../machine-events.ts';
import { applyIdentity } from '../updates/customer.ts';
import { core } from './core.ts';
import { withTranscript } from './transcript.ts';

export const withCustomer = withTranscript.extend({
  guards: {
    customerResolved: ({ context }) => context.customer.kind !== 'unknown',
    contactFound: ({ event }) => outputOf<IdentifyOutput>(event).contact !== null,
    crmBehind: ({ context }) => context.customer.dirty && context.customer.crmContactId !== null,
  },
  actions: {
    applyIdentity: core.assign(({ context, event }) =>
      applyIdentity(context, outputOf<IdentifyOutput>(event), timeOf(event)),
    ),
    identityUnavailable: core.assign(({ context }) => ({
      customer: { ...context.customer, kind: 'unavailable' as const },
    })),
    keepContactId: core.assign(({ context, event }) => ({
      customer: { ...context.customer, crmContactId: outputOf<{ contactId: string }>(event).contactId },
    })),
    crmIsCurrent: core.assign(({ context }) => ({ customer: { ...context.customer, dirty: false } })),
  },
});
