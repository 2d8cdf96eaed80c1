/** Visitor, conference and training chairs. */
import { palette } from './palette.ts';
import type { SandboxItem } from './types.ts';

const category = 'Visitor chairs';

export const visitorChairs: readonly SandboxItem[] = [
  {
    sku: 'VC-110-BLK',
    category,
    name: 'Visitor chair Sled, black mesh',
    nameAr: 'كرسي زوار سليد بظهر شبكي أسود',
    description:
      'A cantilever visitor chair with a mesh back, padded seat and a chrome sled base. No castors, quiet on any floor.',
    descriptionAr:
      'كرسي زوار بقاعدة زلاجة من الكروم وظهر شبكي ومقعد مبطّن. من دون عجلات وهادئ على جميع الأرضيات.',
    price: '240.00',
    stock: 86,
    attributes: {
      dimensions: '56 × 58 × 92 cm',
      material: 'Mesh, chrome steel',
      colour: 'Black',
      warranty: '2 years',
    },
    picture: { shape: 'visitor-chair', colour: palette.black, accent: palette.silver },
  },
  {
    sku: 'VC-110-RED',
    category,
    name: 'Visitor chair Sled, red seat',
    nameAr: 'كرسي زوار سليد بمقعد أحمر',
    description: 'The Sled visitor chair with a red fabric seat and back on a black frame.',
    descriptionAr: 'كرسي سليد للزوار بمقعد وظهر من القماش الأحمر على هيكل أسود.',
    price: '249.00',
    stock: 0,
    attributes: { dimensions: '56 × 58 × 92 cm', colour: 'Red' },
    picture: { shape: 'visitor-chair', colour: palette.red, accent: palette.black },
  },
  {
    sku: 'VC-150',
    category,
    name: 'Four-leg visitor chair Iso, stackable',
    nameAr: 'كرسي زوار آيسو بأربع أرجل قابل للتكديس',
    description:
      'The classic stackable chair for waiting rooms and training: steel frame, padded seat and back. Stacks eight high.',
    descriptionAr:
      'كرسي كلاسيكي قابل للتكديس لغرف الانتظار والتدريب: هيكل فولاذي ومقعد وظهر مبطّنان. يُكدّس حتى ثمانية كراسٍ.',
    price: '115.00',
    stock: 240,
    attributes: {
      dimensions: '53 × 55 × 80 cm',
      material: 'Steel, fabric',
      colour: 'Blue',
      warranty: '1 year',
    },
    picture: { shape: 'visitor-chair', colour: palette.blue, accent: palette.charcoal, count: 4 },
  },
  {
    sku: 'VC-170',
    category,
    name: 'Meeting chair Shell, oak legs',
    nameAr: 'كرسي اجتماعات شِل بأرجل من البلوط',
    description: 'A moulded shell on oak legs for meeting rooms and cafés, with a soft seat pad.',
    descriptionAr: 'كرسي بمقعد مصبوب على أرجل من خشب البلوط لغرف الاجتماعات والمقاهي، مع وسادة ناعمة.',
    price: '310.00',
    stock: 45,
    attributes: { dimensions: '50 × 54 × 82 cm', material: 'Polypropylene, oak', colour: 'White' },
    picture: { shape: 'visitor-chair', colour: palette.white, accent: palette.oak, count: 4 },
  },
  {
    sku: 'VC-190',
    category,
    name: 'Training chair Flip with writing tablet',
    nameAr: 'كرسي تدريب فليب مع لوح للكتابة',
    description:
      'A folding training chair on castors with a fold-away writing tablet; rows nest to save room.',
    descriptionAr: 'كرسي تدريب قابل للطي على عجلات مع لوح كتابة ينطوي جانبًا، وتتداخل الصفوف لتوفير المساحة.',
    price: '335.00',
    stock: 36,
    attributes: { dimensions: '60 × 62 × 84 cm', colour: 'Teal' },
    picture: { shape: 'folding-chair', colour: palette.teal, accent: palette.silver },
  },
];
