/** Words of the settings' maps. */
export const mapsEn = {
  tmplLead:
    'Only templates that WhatsApp has approved can be chosen. A blank takes words, or {{name}}, {{number}} and so on.',
  tmplFollowUp: 'Follow-up {n}',
  tmplQuiet: 'Quiet chat, message {n}',
  tmplAgreed: 'Agreed contact',
  tmplAny: 'Message',
  tmplSilence: 'After {n} days of silence',
  tmplNone: 'No template: nothing is sent outside the window',
  tmplUnknown: '{id} (not approved now)',
  tmplBlank: 'Blank {n}',
  mapName: 'New entry',
  mapAdd: 'Add',
  mapRemove: 'Remove {name}',
  ruleLead:
    'Read from the top: the first row whose words an article answers to is its rule, and its first offer that can be had is made. Specific rows stand above general ones.',
  ruleFor: 'Row {n}: for which articles',
  ruleForHint: 'desk',
  ruleOffer: 'Row {n}: what is offered, with commas between',
  ruleOfferHint: 'ergonomic chair, pedestal',
  ruleUp: 'Move row {n} up',
  ruleRemove: 'Remove row {n}',
  ruleAdd: 'Add a row',
  ruleForMissing: 'Write which articles it is for, in at least one letter or digit.',
  ruleOfferMissing: 'Write what is offered, in words with commas between.',
  ruleOfferMany: 'Five offers at most.',
  ruleTwice: 'A row above is for the same words, so this one is never read.',
} as const;
