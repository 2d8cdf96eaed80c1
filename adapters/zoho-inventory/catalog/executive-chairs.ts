/** Executive chairs. */
import { palette } from './palette.ts';
import type { SandboxItem } from './types.ts';

const category = 'Executive chairs';

export const executiveChairs: readonly SandboxItem[] = [
  {
    sku: 'EX-900-BLK',
    category,
    name: 'Executive chair Senator, black leather',
    nameAr: 'كرسي مدير سيناتور من الجلد الأسود',
    description:
      'A high-back executive chair in genuine leather where the body touches it, with padded arms, a knee-tilt mechanism and a polished aluminium base.',
    descriptionAr:
      'كرسي مدير بظهر عالٍ، مكسو بالجلد الطبيعي في مواضع ملامسة الجسم، مع مساند مبطّنة وآلية إمالة عند الركبة وقاعدة من الألمنيوم المصقول.',
    price: '1850.00',
    stock: 9,
    attributes: {
      dimensions: '70 × 72 × 118–126 cm',
      material: 'Genuine leather, aluminium base',
      colour: 'Black',
      warranty: '5 years',
    },
    picture: { shape: 'executive-chair', colour: palette.black, accent: palette.silver },
  },
  {
    sku: 'EX-900-COG',
    category,
    name: 'Executive chair Senator, cognac leather',
    nameAr: 'كرسي مدير سيناتور من الجلد البني العسلي',
    description: 'The Senator in warm cognac leather with a polished aluminium base.',
    descriptionAr: 'كرسي سيناتور بجلد بلون عسلي دافئ وقاعدة من الألمنيوم المصقول.',
    price: '1950.00',
    stock: 4,
    attributes: {
      dimensions: '70 × 72 × 118–126 cm',
      material: 'Genuine leather, aluminium base',
      colour: 'Cognac',
      warranty: '5 years',
    },
    picture: { shape: 'executive-chair', colour: palette.cognac, accent: palette.silver },
  },
  {
    sku: 'EX-640',
    category,
    name: 'Manager chair Vector, eco leather',
    nameAr: 'كرسي مدير فيكتور من الجلد الصناعي',
    description: 'A slim manager chair in eco leather with horizontal stitching, tilt lock and chrome arms.',
    descriptionAr: 'كرسي مدير أنيق من الجلد الصناعي بخياطة أفقية، مع قفل للإمالة ومساند كروم.',
    price: '690.00',
    stock: 31,
    attributes: { dimensions: '60 × 64 × 104–112 cm', material: 'Eco leather, chrome', colour: 'Beige' },
    picture: { shape: 'executive-chair', colour: palette.beige, accent: palette.silver },
  },
  {
    sku: 'EX-655',
    category,
    name: 'Manager chair Focus, high-back mesh',
    nameAr: 'كرسي مدير فوكس بظهر شبكي عالٍ',
    description: 'A cool high back of mesh for warm rooms, padded seat, headrest and a synchronised tilt.',
    descriptionAr: 'ظهر شبكي عالٍ مناسب للأجواء الدافئة، ومقعد مبطّن ومسند رأس وإمالة متزامنة.',
    price: '780.00',
    stock: 14,
    attributes: {
      dimensions: '65 × 64 × 116–126 cm',
      colour: 'Navy',
      mechanism: 'Synchro',
      warranty: '3 years',
    },
    picture: { shape: 'mesh-chair', colour: palette.navy, accent: palette.black, count: 2 },
  },
  {
    // No price in Inventory: it is never shown as 0.00 and goes to a manager (domain 9.7).
    sku: 'EX-980',
    category,
    name: 'Executive chair Majlis, made to order',
    nameAr: 'كرسي تنفيذي مجلس حسب الطلب',
    description:
      'A made-to-order executive chair with hand-tufted leather and a solid walnut frame; the finish is chosen with a manager.',
    descriptionAr:
      'كرسي تنفيذي يُصنع حسب الطلب بجلد مبطّن يدويًا وهيكل من خشب الجوز الصلب، ويُختار التشطيب مع المدير.',
    price: null,
    stock: 2,
    attributes: { material: 'Leather, solid walnut', colour: 'Brown' },
    picture: { shape: 'executive-chair', colour: palette.walnut, accent: palette.charcoal },
  },
];
