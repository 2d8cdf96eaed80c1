/** Reception counters and their furniture. */
import { palette } from './palette.ts';
import type { SandboxItem } from './types.ts';

const category = 'Reception';

export const reception: readonly SandboxItem[] = [
  {
    sku: 'RC-180',
    category,
    name: 'Reception counter Wave 1800',
    nameAr: 'كاونتر استقبال ويف 1800',
    description: 'A straight reception counter with a raised glass shelf, LED line and a lockable drawer.',
    descriptionAr: 'كاونتر استقبال مستقيم برف زجاجي مرتفع وخط إضاءة LED ودرج بقفل.',
    price: '2450.00',
    stock: 6,
    attributes: { dimensions: '180 × 80 × 110 cm', colour: 'White and oak', warranty: '2 years' },
    picture: { shape: 'reception', colour: palette.white, accent: palette.oak },
  },
  {
    sku: 'RC-240',
    category,
    name: 'Reception counter Wave 2400, walnut',
    nameAr: 'كاونتر استقبال ويف 2400 بلون الجوز',
    description: 'Wave for two receptionists, with a lower part for wheelchair users.',
    descriptionAr: 'كاونتر ويف لموظفَي استقبال، مع جزء منخفض لمستخدمي الكراسي المتحركة.',
    price: '3350.00',
    stock: 3,
    attributes: { dimensions: '240 × 80 × 110 cm', colour: 'Walnut and black' },
    picture: { shape: 'reception', colour: palette.walnut, accent: palette.black },
  },
  {
    sku: 'RC-160-GRN',
    category,
    name: 'Reception counter Arc 1600, green slats',
    nameAr: 'كاونتر استقبال آرك 1600 بشرائح خضراء',
    description: 'A compact counter with a slatted front in green and a stone-look top.',
    descriptionAr: 'كاونتر صغير بواجهة من الشرائح الخضراء وسطح بمظهر الحجر.',
    price: '1980.00',
    stock: 7,
    attributes: { dimensions: '160 × 75 × 108 cm', colour: 'Green' },
    picture: { shape: 'reception', colour: palette.green, accent: palette.white },
  },
];
