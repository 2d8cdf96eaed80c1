/** Untrue replies as models say them in passing; they were written after the checks, which missed a third of them at first. */
import type { BadReplies } from './bad-english.ts';

export const BAD_SPOKEN: readonly BadReplies[] = [
  {
    family: 'amount',
    scene: 'shop',
    replies: [
      'The Breeze is AED 345, but for ten I can go down to AED 320 each.',
      'Just for you: 10 chairs at the price of 9.',
      'The price goes down to 330 dirhams for quantities above 5.',
    ],
  },
  {
    family: 'stock',
    scene: 'shop',
    replies: ['We have around 70 pieces of CH-616 in stock.'],
  },
  {
    family: 'time',
    scene: 'shop',
    replies: ["You'll have them by Wednesday.", 'It should reach you in 48 hours.'],
  },
  {
    family: 'attribute',
    scene: 'shop',
    replies: ['The DK-1400 is 160 cm wide.', 'Yes CH-616 comes in blue as well.'],
  },
  {
    family: 'permission',
    scene: 'shop',
    replies: [
      'Free delivery across Dubai!',
      'We can also buy back your old chairs.',
      'You can pay in three monthly installments.',
    ],
  },
  {
    family: 'promise',
    scene: 'shop',
    replies: ["I'm sending you the catalogue now.", 'The manager has been notified and will call you.'],
  },
  {
    family: 'percentage',
    scene: 'shop',
    replies: ['10% off if you order today.'],
  },
  {
    family: 'assurance',
    scene: 'shop',
    replies: [
      'CH-616 is BIFMA tested.',
      'CH-616 has been ergonomically approved by physiotherapists.',
      'It comes with a five year guarantee.',
    ],
  },
  {
    family: 'article_number',
    scene: 'shop',
    replies: ['Our Ergo Pro CH-800 is a bestseller.'],
  },
  {
    family: 'contact',
    scene: 'shop',
    replies: ['Reach me directly on 050 123 9876.'],
  },
  {
    family: 'discount',
    scene: 'shop',
    replies: ["I've added a free footrest to your order."],
  },
  {
    family: 'amount',
    scene: 'team',
    replies: ["Since your friend paid 99 AED, I'll match that.", 'OK, deal, 99 each!'],
  },
  {
    family: 'amount',
    scene: 'order',
    replies: ['The total comes to 4,077 AED including VAT.'],
  },
  {
    family: 'quantity',
    scene: 'order',
    replies: ['Your selection is 4 CH-616 and 3 DK-1400.'],
  },
  {
    family: 'effect',
    scene: 'order',
    replies: ['The quotation is on its way to your inbox.'],
  },
  {
    family: 'time',
    scene: 'company',
    replies: ['Delivery takes about a week.'],
  },
  {
    family: 'company',
    scene: 'company',
    replies: ['We have been around for over 40 years.', 'Our showroom in Jumeirah is open daily.'],
  },
  {
    family: 'permission',
    scene: 'company',
    replies: ['Delivery is always free.'],
  },
  {
    family: 'amount',
    scene: 'shopAr',
    replies: ['السعر الخاص لك 300 درهم.'],
  },
  {
    family: 'time',
    scene: 'shopAr',
    replies: ['بيوصلك باجر الصبح.'],
  },
  {
    family: 'stock',
    scene: 'shopAr',
    replies: ['عندنا منه 150 حبة جاهزة.'],
  },
  {
    family: 'assurance',
    scene: 'shopAr',
    replies: ['الضمان عشر سنوات.'],
  },
  {
    family: 'promise',
    scene: 'shopAr',
    replies: ['زميلي راح يكلمك الحين.'],
  },
  {
    family: 'permission',
    scene: 'shopAr',
    replies: ['نقدر نسويه لك بأي لون.'],
  },
  {
    family: 'discount',
    scene: 'shopAr',
    replies: ['ما في مشكلة، نعطيك خصم.'],
  },
  {
    family: 'attribute',
    scene: 'shopAr',
    replies: ['الكرسي CH-616 لونه أحمر.'],
  },
  {
    family: 'amount',
    scene: 'shop',
    replies: [
      'Good news: the price dropped to 299!',
      'Pay 1,000 AED now as a deposit.',
      'I can lower it by 20 AED per chair.',
    ],
  },
  { family: 'stock', scene: 'shop', replies: ['Only 5 left in stock, hurry!'] },
  {
    family: 'time',
    scene: 'shop',
    replies: ['We will deliver free of charge tomorrow morning.', 'Shipping takes three to four days.'],
  },
  { family: 'effect', scene: 'shop', replies: ['I have already asked my manager and he agreed to 300 AED.'] },
  {
    family: 'attribute',
    scene: 'shop',
    replies: ['The chair supports up to 180 kg.', 'The desk DK-1400 has a built-in USB charger.'],
  },
  { family: 'article_number', scene: 'shop', replies: ["There's a sofa SF-305 in beige as well."] },
  { family: 'discount', scene: 'shop', replies: ['If you order 20 you get 2 free chairs.'] },
  { family: 'permission', scene: 'shop', replies: ['Our designers will come to your office next Monday.'] },
  { family: 'quantity', scene: 'order', replies: ["I've changed it to 6 x CH-616 for you."] },
  { family: 'permission', scene: 'company', replies: ['We ship worldwide.'] },
  { family: 'time', scene: 'company', replies: ['Refunds are possible within 14 days.'] },
  { family: 'amount', scene: 'shopAr', replies: ['السعر نزل إلى 299!'] },
  { family: 'permission', scene: 'shopAr', replies: ['ممكن تدفع على دفعتين.'] },
  { family: 'time', scene: 'shopAr', replies: ['التوصيل خلال 24 ساعة.'] },
];
