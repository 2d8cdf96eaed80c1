/** English, Arabic, and the way between them (domain 16.1-16.4, lesson F-23). */
import { type Dialogue, dialogue, says } from '../dialogue.ts';

export const languages: readonly Dialogue[] = [
  dialogue(
    'lesson F-23 the customer switches to Arabic and is followed',
    [
      says('Hello, I need office chairs', { has: ['AED'] }),
      says('هل التوصيل متوفر إلى أبوظبي؟', { has: [/أيام|توصيل/] }),
      says('كم سعر EX-640؟', { has: ['690.00'] }),
    ],
    { language: 'ar' },
  ),
  dialogue(
    'the customer switches to English and is followed',
    [
      says('مرحبا، أحتاج مكاتب', { has: ['درهم'] }),
      says('Sorry, can we continue in English? Do you have white desks?', { has: ['AED'] }),
    ],
    { language: 'en' },
  ),
  dialogue(
    'an item number alone keeps the language',
    [says('مرحبا', {}), says('EX-640', { language: 'ar', has: ['EX-640'] })],
    { language: 'ar' },
  ),
  dialogue(
    'another language is answered in English (domain 16.1)',
    [says('Здравствуйте, мне нужны офисные стулья', { language: 'en' })],
    { language: 'en' },
  ),
  dialogue(
    'Gulf phrasing is understood',
    [says('هلا، أبغى كراسي للمكتب', { has: ['درهم'] }), says('عندكم شي أرخص؟', { has: ['درهم'] })],
    { language: 'ar' },
  ),
  dialogue('وين المعرض', [says('وين المعرض حقكم؟', { has: [/دبي/] })], { language: 'ar' }),
  dialogue('an Arabic name in an English chat does not bring Arabic into the reply (domain 16.3)', [
    says('Hi, I need lockers', { has: ['AED'] }),
    says('My name is سالم', { language: 'en' }),
  ]),
];
