/** Voice, pictures, documents, repeated deliveries (domain 16.5, 16.6, 4.4; lessons F-39, F-40, F-41). */
import { type Dialogue, dialogue, file, repeats, says, voice } from '../dialogue.ts';

export const media: readonly Dialogue[] = [
  dialogue('an English voice note is answered like text', [voice('english', { has: ['AED', /chair/i] })], {
    owner: 'bot',
  }),
  dialogue('an Arabic voice note is answered in Arabic', [voice('arabic', { has: ['درهم'] })], {
    owner: 'bot',
    language: 'ar',
  }),
  dialogue('lesson F-40 a silent voice note gets one polite request to type', [
    voice('silence', { has: [/type/i] }),
  ]),
  dialogue('lesson F-40 a file that is no sound gets the same', [voice('garbage', { has: [/type/i] })]),
  dialogue('lesson F-40 the chat goes on in words after a note that could not be heard', [
    voice('silence', { has: [/type/i] }),
    says('I need 10 office chairs', { has: ['AED'] }),
  ]),
  dialogue('lesson F-41 a picture without a word is acknowledged, and a manager looks at it', [
    file('image', '', { has: [/file|picture|photo|received/i] }),
  ]),
  dialogue(
    'lesson F-41 a plan without a word goes to a manager (trigger 14)',
    [file('document', '', { has: [/colleague/i] })],
    { owner: 'waiting', alerts: [14] },
  ),
  dialogue('lesson F-41 the caption of a picture is answered', [
    file('image', 'Do you have chairs like this one?', { has: ['AED', /chair/i] }),
  ]),
  dialogue('صورة مع تعليق', [file('image', 'هل لديكم كرسي مثل هذا؟', { has: ['درهم'] })], { language: 'ar' }),
  dialogue('lesson F-39 a message that is delivered five times is answered once', [
    repeats('Do you have phone booths?', 5, { has: ['AED'] }),
  ]),
  dialogue(
    'voice, then text, then voice',
    [voice('english', { has: ['AED'] }), says('I want 4 of CH-720-BLK', { has: ['1060.00'] })],
    { lines: [['CH-720-BLK', 4]] },
  ),
];
