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
} as const;
