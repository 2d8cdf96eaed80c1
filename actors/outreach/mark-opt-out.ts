/** Keeps that a customer wants no messages, for every channel, and tells the CRM (domain 20.1). */
import { Effect, Schema } from 'effect';
import { ZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';
import type { OptOutParams } from '../../machines/conversation/actors.ts';
import { OutreachStore } from './outreach-store.ts';

/** The contact is being made at this moment, or the CRM refused it: the command tries again until somebody looks. */
export class ContactNotThere extends Schema.TaggedError<ContactNotThere>()('ContactNotThere', {
  retryable: Schema.Boolean,
  message: Schema.String,
}) {}

export const markOptOut = Effect.fn('markOptOut')(function* (optOut: OptOutParams) {
  const store = yield* OutreachStore;
  const crm = yield* ZohoCrm;
  // Ours first: no message leaves because the CRM is away.
  yield* store.keepOptOut(optOut);
  const id = optOut.contactId ?? (yield* crm.findContactByPhone(optOut.chatId))?.id;
  if (id === undefined) {
    return yield* new ContactNotThere({
      retryable: true,
      message: 'The CRM has no contact to note the opt-out on; record the customer in the CRM.',
    });
  }
  yield* crm.addNote(
    { module: 'Contacts', id },
    {
      key: `opt-out:${optOut.conversationId}`,
      title: 'No WhatsApp messages',
      content: `The customer asked on ${new Date(optOut.at).toISOString()} not to be written to first.`,
    },
  );
});
