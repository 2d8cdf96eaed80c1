/** Sentences to try, in both languages: greeting, search, stock, price, correction, a person, anger, refusal. */
export const SAMPLES: Readonly<Record<'en' | 'ar', readonly string[]>> = {
  en: [
    'Hi',
    'I need 12 ergonomic chairs for a new office, something under 900 AED each',
    'Do you have height-adjustable desks in stock?',
    'What would 20 workstations cost with delivery to Business Bay?',
    'Sorry, make it 15 chairs instead',
    'Can I talk to a real person please?',
    'That is too expensive',
    'STOP',
  ],
  ar: [
    'السلام عليكم',
    'أحتاج 10 كراسي مكتب مريحة للظهر',
    'كم سعر المكتب القابل لتعديل الارتفاع؟',
    'هل يتوفر عندكم طاولة اجتماعات لثمانية أشخاص؟',
    'أريد عرض سعر رسمي باسم شركة النخيل',
    'ممكن أتكلم مع موظف؟',
  ],
};
