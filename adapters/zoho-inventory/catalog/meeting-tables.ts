/** Meeting and conference tables. */
import { palette } from './palette.ts';
import type { SandboxItem } from './types.ts';

const category = 'Meeting tables';

export const meetingTables: readonly SandboxItem[] = [
  {
    sku: 'MT-R100',
    category,
    name: 'Round meeting table Disc 1000',
    nameAr: 'طاولة اجتماعات مستديرة ديسك 1000',
    description: 'A round table for short talks, on a steel trumpet base.',
    descriptionAr: 'طاولة مستديرة للقاءات القصيرة على قاعدة فولاذية.',
    price: '520.00',
    stock: 27,
    attributes: {
      dimensions: 'Ø 100 × 75 cm',
      material: 'Melamine board, steel',
      colour: 'Oak',
      seats: '4',
      warranty: '3 years',
    },
    picture: { shape: 'round-table', colour: palette.oak, accent: palette.charcoal },
  },
  {
    sku: 'MT-R120-WHT',
    category,
    name: 'Round meeting table Disc 1200, white',
    nameAr: 'طاولة اجتماعات مستديرة ديسك 1200 بيضاء',
    description: 'The larger Disc with a white top on a chrome base.',
    descriptionAr: 'طاولة ديسك الأكبر بسطح أبيض وقاعدة كروم.',
    price: '590.00',
    stock: 16,
    attributes: { dimensions: 'Ø 120 × 75 cm', colour: 'White', seats: '5' },
    picture: { shape: 'round-table', colour: palette.white, accent: palette.silver },
  },
  {
    sku: 'MT-1800',
    category,
    name: 'Meeting table Forum 1800',
    nameAr: 'طاولة اجتماعات فورم 1800',
    description: 'A rectangular meeting table with slanted steel legs and a flush cable hatch.',
    descriptionAr: 'طاولة اجتماعات مستطيلة بأرجل فولاذية مائلة وفتحة كابلات مدمجة.',
    price: '980.00',
    stock: 15,
    attributes: { dimensions: '180 × 90 × 75 cm', colour: 'Oak', seats: '6', warranty: '3 years' },
    picture: { shape: 'meeting-table', colour: palette.oak, accent: palette.black },
  },
  {
    // The model number is a size in the name, not a quantity (domain 12.12).
    sku: 'MT-2400',
    category,
    name: 'Meeting table Forum 2400',
    nameAr: 'طاولة اجتماعات فورم 2400',
    description: 'The Forum table for boardrooms: 240 cm, two cable hatches, steel beam below the top.',
    descriptionAr: 'طاولة فورم لقاعات الاجتماعات: طول 240 سم، وفتحتان للكابلات، وعارضة فولاذية أسفل السطح.',
    price: '1380.00',
    stock: 11,
    attributes: {
      dimensions: '240 × 110 × 75 cm',
      material: 'Melamine board, steel',
      colour: 'Walnut',
      seats: '8',
      warranty: '3 years',
    },
    picture: { shape: 'meeting-table', colour: palette.walnut, accent: palette.black },
  },
  {
    sku: 'MT-3600',
    category,
    name: 'Boardroom table Senate 3600',
    nameAr: 'طاولة مجلس إدارة سينيت 3600',
    description:
      'A boat-shaped boardroom table in walnut veneer with a central power box; delivered in three parts.',
    descriptionAr: 'طاولة مجلس إدارة بشكل قارب من قشرة الجوز مع صندوق كهرباء مركزي، وتُسلَّم على ثلاث قطع.',
    price: '4200.00',
    stock: 3,
    attributes: { dimensions: '360 × 120 × 75 cm', material: 'Walnut veneer', colour: 'Walnut', seats: '12' },
    picture: { shape: 'meeting-table', colour: palette.walnut, accent: palette.silver, count: 12 },
  },
  {
    sku: 'MT-FOLD',
    category,
    name: 'Folding training table Nest 1400',
    nameAr: 'طاولة تدريب قابلة للطي نِست 1400',
    description: 'A flip-top training table on locking castors; tables nest in a row when folded.',
    descriptionAr: 'طاولة تدريب بسطح قلّاب على عجلات بقفل، وتتداخل الطاولات في صف عند طيّها.',
    price: '640.00',
    stock: 29,
    attributes: { dimensions: '140 × 60 × 75 cm', colour: 'Grey' },
    picture: { shape: 'meeting-table', colour: palette.silver, accent: palette.charcoal, count: 2 },
  },
];
