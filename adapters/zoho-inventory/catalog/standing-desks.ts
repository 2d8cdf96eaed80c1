/** Height-adjustable desks. */
import { palette } from './palette.ts';
import type { SandboxItem } from './types.ts';

const category = 'Height-adjustable desks';

export const standingDesks: readonly SandboxItem[] = [
  {
    sku: 'HD-1400',
    category,
    name: 'Height-adjustable desk Lift 1400, two motors',
    nameAr: 'مكتب قابل لتعديل الارتفاع ليفت 1400 بمحركين',
    description:
      'An electric sit-stand desk with two motors, four memory positions and an anti-collision stop. Moves from 62 to 127 cm.',
    descriptionAr:
      'مكتب كهربائي للجلوس والوقوف بمحركين وأربع وضعيات محفوظة وخاصية التوقف عند الاصطدام. يتحرك من 62 إلى 127 سم.',
    price: '1450.00',
    stock: 26,
    attributes: {
      dimensions: '140 × 70 × 62–127 cm',
      material: 'Melamine board, steel frame',
      colour: 'Oak, black frame',
      load: 'up to 120 kg',
      warranty: '5 years on motors',
    },
    picture: { shape: 'standing-desk', colour: palette.oak, accent: palette.black },
  },
  {
    sku: 'HD-1400-WHT',
    category,
    name: 'Height-adjustable desk Lift 1400, white',
    nameAr: 'مكتب قابل لتعديل الارتفاع ليفت 1400 أبيض',
    description: 'Lift 1400 with a white top and a white two-motor frame.',
    descriptionAr: 'مكتب ليفت 1400 بسطح أبيض وهيكل أبيض بمحركين.',
    price: '1450.00',
    stock: 4,
    attributes: { dimensions: '140 × 70 × 62–127 cm', colour: 'White', load: 'up to 120 kg' },
    picture: { shape: 'standing-desk', colour: palette.white, accent: palette.silver },
  },
  {
    sku: 'HD-1600',
    category,
    name: 'Height-adjustable desk Lift 1600, walnut',
    nameAr: 'مكتب قابل لتعديل الارتفاع ليفت 1600 بلون الجوز',
    description: 'The wide Lift desk for two large screens, with a cable basket and a child lock.',
    descriptionAr: 'مكتب ليفت العريض لشاشتين كبيرتين، مع سلة للكابلات وقفل أمان للأطفال.',
    price: '1690.00',
    stock: 13,
    attributes: {
      dimensions: '160 × 80 × 62–127 cm',
      colour: 'Walnut, black frame',
      load: 'up to 140 kg',
      warranty: '5 years on motors',
    },
    picture: { shape: 'standing-desk', colour: palette.walnut, accent: palette.black },
  },
  {
    sku: 'HD-120M',
    category,
    name: 'Sit-stand desk Crank 1200, manual',
    nameAr: 'مكتب جلوس ووقوف كرانك 1200 يدوي',
    description: 'A manual sit-stand desk: turn the handle, no socket needed.',
    descriptionAr: 'مكتب للجلوس والوقوف يعمل بمقبض يدوي ولا يحتاج إلى كهرباء.',
    price: '820.00',
    stock: 18,
    attributes: { dimensions: '120 × 60 × 70–115 cm', colour: 'Beech' },
    picture: { shape: 'standing-desk', colour: palette.beige, accent: palette.silver },
  },
  {
    sku: 'HD-RISER',
    category,
    name: 'Desktop riser Duo',
    nameAr: 'رافعة سطح المكتب ديو',
    description: 'Turns any desk into a standing one: a gas-spring platform with a keyboard tray.',
    descriptionAr: 'تحوّل أي مكتب إلى مكتب للوقوف: منصة بنابض غازي مع درج للوحة المفاتيح.',
    price: '545.00',
    stock: 21,
    attributes: {
      dimensions: '80 × 40 × 12–50 cm',
      colour: 'Black',
      load: 'up to 15 kg',
      warranty: '2 years',
    },
    picture: { shape: 'desk-riser', colour: palette.charcoal, accent: palette.grey },
  },
];
