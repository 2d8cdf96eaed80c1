/** Whole sales as strangers play them: typing errors, several questions at once, short answers, changes of mind. */
import { type Dialogue, dialogue, gets, says } from '../dialogue.ts';

const PDF = { has: [/^\[document\]/] };

export const strangers: readonly Dialogue[] = [
  dialogue(
    'the number said first is kept through a comparison, and no article is picked by a question',
    [
      says('hi! need 2 desks for our new offce, what do u have? 😀', {
        has: ['DK-1400', '480.00'],
        lacks: [/AX-LAMP/],
      }),
      says("what's the diffrence between the first two? and do you deliver to Sharjah? how long?", {
        has: [/2-8 working days/, /lower price/i],
        lacks: [/I have noted/, /KSA/, /how many/i],
      }),
      says('ok the first one', { has: ['960.00'], lacks: [/how many/i] }),
      says('do you do assembly?', { has: [/install/i], lacks: [/offer suit/] }),
      says('repeat please', { has: [/once more/, /install/i] }),
      says('no, the white one', { has: ['DK-1400-WHT', '960.00'], lacks: [/how many/i] }),
      says('cancel', { has: [/nothing is ordered/] }),
    ],
    { owner: 'bot', alerts: [], lines: [] },
  ),
  dialogue(
    'العدد الأول يبقى بعد المقارنة، والتصحيح يغيّر ما قيل فقط',
    [
      says('مرحبا، أحتاج ٦ كراسي مكتب مريحة', { has: ['CH-616'] }),
      says('ما الفرق بين الأول والثاني؟', { has: [/المقارنة/], lacks: [/كم قطعة/, /سجلت/] }),
      says('أريد الأسود', { has: ['CH-616-BLK', '2130.00'], lacks: [/كم قطعة/] }),
      says('كم مدة الضمان؟', { has: [/الضمان/] }),
      says('لا، خليها ٨', { has: ['2840.00'], lacks: ['2130.00'] }),
      says('أعد من فضلك', { has: [/مرة أخرى/, '2840.00'] }),
    ],
    { language: 'ar', owner: 'bot', lines: [['CH-616-BLK', 8]] },
  ),
  dialogue(
    'two articles, one number: the other is asked about, stays open through an interruption, and all becomes a quotation',
    [
      says('3 x CH-720-BLK and DK-1600', { has: ['795.00', /How many of DK-1600/] }),
      says('how long is delivery?', { has: [/working days/, /How many of DK-1600/] }),
      says('2', { has: ['2175.00'], lacks: [/how many/i] }),
      says('no thats all', { has: [/written quotation/] }),
      says('yes', { has: [/company/], lacks: [/written quotation/], amounts: ['108.75', '2283.75'] }),
      says('Acme Trading LLC, Office 12, Bay Square, Business Bay, Dubai, my name is Sara', {
        has: [/e-mail/],
        lacks: [/your company/, /delivery address/],
        amounts: ['108.75', '2283.75'],
      }),
      says('{email}', { has: [/preparing your quotation/], amounts: ['108.75', '2283.75'] }),
      gets(PDF),
      gets({ has: [/Does this offer suit you\?/, '2283.75'], amounts: ['108.75', '2283.75'] }),
      says('when will it arrive?', {
        has: [/at the quotation stage/, /Does the offer suit you\?/],
        amounts: ['2283.75'],
      }),
      says('👍', { has: [/approval/i, /colleague/i], amounts: ['2283.75'] }),
      says("where's my order?", { has: [/approved and being processed/], amounts: ['2283.75'] }),
    ],
    {
      owner: 'waiting',
      saleOrders: 1,
      lines: [
        ['CH-720-BLK', 3],
        ['DK-1600', 2],
      ],
      slots: { address: /Bay Square/, company: /Acme/ },
    },
  ),
  dialogue(
    'a complaint is met with an apology',
    [says('My chairs arrived broken, I want a refund', { has: [/I am sorry about this/, /colleague/] })],
    { owner: 'waiting', alerts: [7] },
  ),
  dialogue(
    'الشكوى تبدأ باعتذار',
    [says('عندي شكوى، الخدمة سيئة جدا', { has: [/أعتذر عما حدث/, /نور من/] })],
    {
      owner: 'waiting',
      alerts: [3],
      language: 'ar',
    },
  ),
  dialogue('إيقاف يعني لا رسائل بعد اليوم', [
    says('مرحبا', {}),
    says('إيقاف', { has: [/لن تصلك رسائل/] }),
    says('عندكم طاولات اجتماعات؟', { has: ['MT-'] }),
  ]),
];
