import { describe, expect, it } from 'vitest';
import { doubtsAbout } from './candidate.ts';

describe('a manager’s answer as a future article', () => {
  it.each([
    'Yes, our chairs can be assembled by our own team at the delivery.',
    'نعم، يقوم فريقنا بتركيب الأثاث بعد التوصيل دون الحاجة إلى أدوات.',
  ])('%s has nothing against it', (answer) => {
    expect(doubtsAbout(answer)).toEqual([]);
  });

  it.each([
    ['date', 'We can deliver it tomorrow in the morning.'],
    ['place', 'The driver is coming to your tower with it.'],
    ['offer', 'I can give 10 % on all the desks you take.'],
    ['offer', 'The chair costs AED 450 when you take twelve.'],
    ['customer', 'Dear customer, as we discussed it comes in black.'],
    ['call_back', 'I will call you about the colour of the desks.'],
    ['absolute', 'These chairs are certified for hospitals.'],
    ['date', 'سنرسل لك الكراسي غدًا في الصباح إن شاء الله.'],
    ['offer', 'يمكنني أن أعطيك خصم على كل المكاتب.'],
    ['too_short', 'Yes, we do.'],
  ])('is doubted for %s: %s', (doubt, answer) => {
    expect(doubtsAbout(answer)).toContain(doubt);
  });
});
