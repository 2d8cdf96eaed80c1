/** Benches and workstations for teams. A price is for the whole set, not for a seat (domain 12.10). */
import { palette } from './palette.ts';
import type { SandboxItem } from './types.ts';

const category = 'Workstations';

export const workstations: readonly SandboxItem[] = [
  {
    sku: 'WS-2',
    category,
    name: 'Face-to-face workstation Bench for two',
    nameAr: 'محطة عمل متقابلة بنش لشخصين',
    description:
      'Two desks back to back on one frame, with a fabric screen between them and a shared cable tray.',
    descriptionAr: 'مكتبان متقابلان على هيكل واحد، مع فاصل قماشي بينهما ومجرى كابلات مشترك.',
    price: '1290.00',
    stock: 14,
    unit: 'set',
    attributes: {
      dimensions: '140 × 140 × 75/115 cm',
      colour: 'Oak, grey screen',
      seats: '2',
      warranty: '3 years',
    },
    picture: { shape: 'workstation', colour: palette.oak, accent: palette.grey, count: 2 },
  },
  {
    sku: 'WS-4',
    category,
    name: 'Workstation Bench for four',
    nameAr: 'محطة عمل بنش لأربعة أشخاص',
    description: 'Four places on one steel frame with fabric screens, cable trays and levelling feet.',
    descriptionAr: 'أربعة أماكن عمل على هيكل فولاذي واحد مع فواصل قماشية ومجاري كابلات وأقدام لضبط المستوى.',
    price: '2350.00',
    stock: 10,
    unit: 'set',
    attributes: {
      dimensions: '280 × 140 × 75/115 cm',
      colour: 'Oak, blue screens',
      seats: '4',
      warranty: '3 years',
    },
    picture: { shape: 'workstation', colour: palette.oak, accent: palette.blue, count: 4 },
  },
  {
    sku: 'WS-4-WHT',
    category,
    name: 'Workstation Bench for four, white and green',
    nameAr: 'محطة عمل بنش لأربعة أشخاص بالأبيض والأخضر',
    description: 'Bench for four with white tops and green acoustic screens.',
    descriptionAr: 'محطة بنش لأربعة أشخاص بأسطح بيضاء وفواصل صوتية خضراء.',
    price: '2480.00',
    stock: 6,
    unit: 'set',
    attributes: { dimensions: '280 × 140 × 75/115 cm', colour: 'White, green screens', seats: '4' },
    picture: { shape: 'workstation', colour: palette.white, accent: palette.green, count: 4 },
  },
  {
    sku: 'WS-6',
    category,
    name: 'Workstation Bench for six',
    nameAr: 'محطة عمل بنش لستة أشخاص',
    description: 'Six places in two rows of three, with screens and a double cable spine.',
    descriptionAr: 'ستة أماكن عمل في صفين من ثلاثة، مع فواصل ومجرى كابلات مزدوج.',
    price: '3390.00',
    stock: 5,
    unit: 'set',
    attributes: { dimensions: '420 × 140 × 75/115 cm', colour: 'Walnut, charcoal screens', seats: '6' },
    picture: { shape: 'workstation', colour: palette.walnut, accent: palette.charcoal, count: 6 },
  },
  {
    sku: 'WS-CALL1',
    category,
    name: 'Call-centre booth Cell for one',
    nameAr: 'مقصورة مركز اتصال سِل لشخص واحد',
    description: 'A single place with high acoustic walls on three sides for calls in open offices.',
    descriptionAr: 'مكان عمل فردي بجدران عازلة مرتفعة من ثلاث جهات لإجراء المكالمات في المكاتب المفتوحة.',
    price: '760.00',
    stock: 20,
    attributes: {
      dimensions: '100 × 70 × 130 cm',
      material: 'Melamine board, acoustic felt',
      colour: 'Grey, mustard screen',
      seats: '1',
    },
    picture: { shape: 'workstation', colour: palette.silver, accent: palette.mustard, count: 1 },
  },
];
