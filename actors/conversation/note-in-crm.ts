/**
 * A note in the CRM when a conversation is handed over, quoted or closed: the facts, and what the newest summary of it
 * says (domain 11.3). Written once, however often the command runs: the command's id marks it (design G2, contract 5).
 */
import { Effect, Schema } from 'effect';
import { ZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';
import type { CrmNoteParams } from '../../machines/conversation/actors.ts';
import { Summaries } from '../summaries/summaries.ts';
import { CrmProfiles } from './crm-profiles.ts';

/** The contact is being made at this moment, or the CRM refused it: the command tries again until somebody looks. */
export class NobodyToNoteOn extends Schema.TaggedError<NobodyToNoteOn>()('NobodyToNoteOn', {
  retryable: Schema.Boolean,
  message: Schema.String,
}) {}

const TITLES: Readonly<Record<CrmNoteParams['occasion'], string>> = {
  handed_over: 'WhatsApp: handed over to a manager',
  quoted: 'WhatsApp: quotation sent',
  closed: 'WhatsApp: conversation closed',
};

export const noteInCrm = Effect.fn('noteInCrm')(function* (note: CrmNoteParams, commandId: string) {
  const crm = yield* ZohoCrm;
  const parent = yield* parentOf(note);
  const summary = yield* (yield* Summaries).latestOf(note.conversationId);
  const written = yield* crm.addNote(parent, {
    key: commandId,
    title: TITLES[note.occasion],
    content: [
      new Date(note.at).toISOString(),
      note.content,
      ...(summary === null ? [] : [`Summary up to ${summary.day}: ${summary.summary}`]),
    ].join('\n'),
  });
  return { noteId: written.id };
});

/** The deal, or else the contact: when the conversation did not know it yet, by the phone. */
const parentOf = Effect.fnUntraced(function* ({ dealId, contactId, chatId }: CrmNoteParams) {
  if (dealId !== null) return { module: 'Deals', id: dealId } as const;
  const id = contactId ?? (yield* (yield* CrmProfiles).byPhone(chatId))?.id;
  if (id !== undefined) return { module: 'Contacts', id } as const;
  return yield* new NobodyToNoteOn({
    retryable: true,
    message: 'The CRM has no contact to write the note on; record the customer in the CRM.',
  });
});
