/** Questions that the knowledge base answers, and those that it does not (domain 14; lessons F-19, F-24). */
import { type Dialogue, dialogue, says } from '../dialogue.ts';

export const facts: readonly Dialogue[] = [
  dialogue('the showroom is in Dubai', [says('Where is your showroom?', { has: [/Dubai/i, /Noor/] })]),
  dialogue('delivery is told as the range of the knowledge base (domain 14.4)', [
    says('How fast do you deliver in Dubai?', { has: [/days/i], lacks: [/tomorrow/i, /guarantee/i] }),
  ]),
  dialogue('مدة التوصيل', [says('كم مدة التوصيل؟', { has: [/أيام|يوم/] })], { language: 'ar' }),
  dialogue('the warranty is told as it is', [says('What warranty do you give?', { has: [/warranty/i] })]),
  dialogue('الضمان', [says('هل يوجد ضمان؟', { has: [/ضمان/] })], { language: 'ar' }),
  dialogue('VAT is shown apart (domain 9.11)', [says('Do your prices include VAT?', { has: [/VAT|5/] })]),
  dialogue('assembly', [says('Do you assemble the furniture?', { has: [/assembl|install/i] })]),
  dialogue('lesson F-24 nobody promises a call that nobody arranged', [
    says('Do you deliver to Mars?', { lacks: [/will call/i, /will get back/i] }),
  ]),
  dialogue(
    'a competitor is not matched blindly (domain 14.8)',
    [says('Do you make furniture yourselves?', { lacks: [/%/] })],
    { owner: 'bot' },
  ),
];
