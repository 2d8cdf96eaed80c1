/** Vendors that fail and a process that dies: played one after the other, because they concern everybody. */
import { breaks, type Dialogue, dialogue, mends, says, saysAndCrashes } from '../dialogue.ts';

export const badDays: readonly Dialogue[] = [
  dialogue(
    'lesson F-47 an error inside a 200 is an error: the model is asked again',
    [
      breaks('the model answers with an error inside a 200 once'),
      says('Do you have lockers?', { has: ['780.00', /Noor/] }),
    ],
    { owner: 'bot' },
  ),
  dialogue(
    'lesson F-47 an empty answer of the model reaches nobody',
    [breaks('the model answers nothing once'), says('Do you have coat stands?', { has: ['155.00'] })],
    { owner: 'bot' },
  ),
  dialogue(
    'lesson F-47 a model that is away is said to be so, and a manager is told',
    [
      breaks('the model is away'),
      says('Do you have bookcases?', { has: [/colleague/i], lacks: ['AED'] }),
      mends,
      says('Do you have bookcases now?', { has: ['560.00'] }),
    ],
    { alerts: [null] },
  ),
  dialogue(
    'النموذج لا يجيب',
    [
      breaks('the model is away'),
      says('هل لديكم رفوف؟', { has: [/زملاء|زميل/] }),
      mends,
      says('هل لديكم رفوف الآن؟', { has: ['درهم'] }),
    ],
    { alerts: [null], language: 'ar' },
  ),
  dialogue('lesson F-34 a reply that the channel refused with 500 is sent again, and arrives once', [
    breaks('the channel answers 500 twice'),
    says('Do you have whiteboards?', { has: ['460.00'] }),
  ]),
  dialogue('lesson F-33 a send whose end nobody knows arrives once', [
    breaks('the channel sends and does not say so'),
    says('Do you have floor mats?', { has: ['120.00'] }),
  ]),
  dialogue(
    'the CRM is away: the customer is served, and recorded later (domain 11.13)',
    [
      breaks('the CRM is away'),
      says('My name is Nadia. Do you have footrests?', { has: ['89.00'] }),
      says('Do you have cable trays too?', { has: ['65.00'] }),
    ],
    { contacts: 1, owner: 'bot' },
  ),
  dialogue(
    'lesson F-36 a contact that was recorded without an answer is not recorded twice',
    [
      breaks('the CRM records a contact and does not say so'),
      says('My name is Tarek. Do you have monitor arms?', { has: ['175.00'] }),
    ],
    { contacts: 1 },
  ),
  dialogue(
    'lesson F-32 a process that dies while it thinks answers after the restart, once',
    [
      saysAndCrashes('Do you have phone booths?', { has: ['12900.00'] }),
      says('And meeting pods?', { has: ['34500.00'] }),
    ],
    { owner: 'bot' },
  ),
  dialogue('lesson F-44 revoked access to Zoho: the customer is still answered, with nothing invented', [
    breaks('Zoho revokes our access'),
    says('What is the price of EX-640?', { lacks: [/\b0\.00/] }),
  ]),
];
