/** Ergonomic and operator chairs. */
import { palette } from './palette.ts';
import type { SandboxItem } from './types.ts';

const category = 'Ergonomic chairs';

export const taskChairs: readonly SandboxItem[] = [
  {
    sku: 'CH-616',
    category,
    name: 'Operator chair Breeze, mesh back',
    nameAr: 'كرسي مكتب بريز بظهر شبكي',
    description:
      'A light operator chair for daily work. Breathable mesh back with a fixed lumbar curve, moulded foam seat, height-adjustable arms and a nylon five-star base.',
    descriptionAr:
      'كرسي عمل خفيف للاستخدام اليومي. ظهر شبكي يسمح بمرور الهواء مع انحناءة ثابتة لدعم أسفل الظهر، ومقعد من الإسفنج المصبوب، ومساند ذراعين قابلة لتعديل الارتفاع، وقاعدة نايلون خماسية.',
    price: '345.00',
    stock: 64,
    attributes: {
      dimensions: '62 × 60 × 96–106 cm',
      material: 'Mesh back, fabric seat, nylon base',
      colour: 'Dark grey',
      warranty: '2 years',
      load: 'up to 120 kg',
    },
    picture: { shape: 'mesh-chair', colour: palette.charcoal, accent: palette.black },
  },
  {
    sku: 'CH-616-BLK',
    category,
    name: 'Operator chair Breeze, black mesh',
    nameAr: 'كرسي مكتب بريز بظهر شبكي أسود',
    description:
      'The Breeze operator chair in full black: mesh back with a lumbar curve, foam seat, height-adjustable arms, black nylon base.',
    descriptionAr:
      'كرسي بريز باللون الأسود بالكامل: ظهر شبكي بانحناءة داعمة لأسفل الظهر، ومقعد إسفنجي، ومساند قابلة لتعديل الارتفاع، وقاعدة نايلون سوداء.',
    price: '355.00',
    stock: 40,
    attributes: { dimensions: '62 × 60 × 96–106 cm', colour: 'Black', warranty: '2 years' },
    picture: { shape: 'mesh-chair', colour: palette.black, accent: palette.black },
  },
  {
    sku: 'CH-616-GRN',
    category,
    name: 'Operator chair Breeze, green seat',
    nameAr: 'كرسي مكتب بريز بمقعد أخضر',
    description:
      'The Breeze operator chair with a sage-green seat and mesh, white frame and castors for carpet.',
    descriptionAr: 'كرسي بريز بمقعد وظهر شبكي باللون الأخضر الهادئ، وهيكل أبيض وعجلات مناسبة للموكيت.',
    price: '365.00',
    stock: 3,
    attributes: { dimensions: '62 × 60 × 96–106 cm', colour: 'Sage green, white frame' },
    picture: { shape: 'mesh-chair', colour: palette.green, accent: palette.white },
  },
  {
    sku: 'CH-616-NEW',
    category,
    name: 'Operator chair Breeze, 2026 model with headrest',
    nameAr: 'كرسي مكتب بريز موديل 2026 بمسند رأس',
    description:
      'The new edition of Breeze: adjustable headrest, sliding lumbar support and a synchronised mechanism with four locking positions.',
    descriptionAr:
      'الإصدار الجديد من بريز: مسند رأس قابل للتعديل، ودعم قطني منزلق، وآلية حركة متزامنة بأربع وضعيات تثبيت.',
    price: '429.00',
    stock: 28,
    attributes: {
      dimensions: '64 × 62 × 112–122 cm',
      material: 'Mesh back and headrest, fabric seat',
      colour: 'Black',
      mechanism: 'Synchro, 4 positions',
      warranty: '3 years',
    },
    picture: { shape: 'mesh-chair', colour: palette.black, accent: palette.grey, count: 2 },
  },
  {
    sku: '9719-4',
    category,
    name: 'Ergonomic chair Luma 9719, four-way arms',
    nameAr: 'كرسي مريح لوما 9719 بمساند رباعية الحركة',
    description:
      'A full ergonomic chair for eight-hour days: adjustable lumbar support, seat depth slider, headrest, arms that move in four directions, aluminium base.',
    descriptionAr:
      'كرسي مريح متكامل لأيام العمل الطويلة: دعم قطني قابل للتعديل، ومقعد منزلق العمق، ومسند رأس، ومساند ذراعين تتحرك في أربعة اتجاهات، وقاعدة من الألمنيوم.',
    price: '1190.00',
    stock: 17,
    attributes: {
      dimensions: '68 × 66 × 118–128 cm',
      material: 'Elastic mesh, aluminium base',
      colour: 'Grey',
      load: 'up to 136 kg',
      warranty: '5 years',
    },
    picture: { shape: 'mesh-chair', colour: palette.grey, accent: palette.silver, count: 2 },
  },
  {
    sku: '9719-5',
    category,
    name: 'Ergonomic chair Luma 9719, fixed arms',
    nameAr: 'كرسي مريح لوما 9719 بمساند ثابتة',
    description: 'Luma with fixed loop arms and no headrest: the same back and seat at a lower price.',
    descriptionAr: 'كرسي لوما بمساند ثابتة ومن دون مسند رأس: الظهر والمقعد نفسهما بسعر أقل.',
    price: '870.00',
    stock: 22,
    attributes: { dimensions: '66 × 66 × 98–108 cm', colour: 'Grey', load: 'up to 120 kg' },
    picture: { shape: 'mesh-chair', colour: palette.grey, accent: palette.charcoal },
  },
  {
    sku: 'CH-720-BLK',
    category,
    name: 'Task chair Orbit, black fabric',
    nameAr: 'كرسي عمل أوربت بقماش أسود',
    description:
      'A compact upholstered task chair for open offices. Tilt with tension control, no arms, easy to clean fabric.',
    descriptionAr:
      'كرسي عمل منجّد صغير الحجم للمكاتب المفتوحة. إمالة مع ضبط الشد، من دون مساند، وقماش سهل التنظيف.',
    price: '265.00',
    stock: 110,
    attributes: { dimensions: '56 × 56 × 85–97 cm', material: 'Polyester fabric', colour: 'Black' },
    picture: { shape: 'task-chair', colour: palette.black, accent: palette.black },
  },
  {
    sku: 'CH-720-BLU',
    category,
    name: 'Task chair Orbit, blue fabric',
    nameAr: 'كرسي عمل أوربت بقماش أزرق',
    description: 'The Orbit task chair in blue fabric, with a black base and soft castors for hard floors.',
    descriptionAr: 'كرسي أوربت بقماش أزرق وقاعدة سوداء وعجلات ناعمة للأرضيات الصلبة.',
    price: '265.00',
    stock: 52,
    attributes: { dimensions: '56 × 56 × 85–97 cm', material: 'Polyester fabric', colour: 'Blue' },
    picture: { shape: 'task-chair', colour: palette.blue, accent: palette.black },
  },
  {
    // Seven SKUs of the real catalog begin with Cyrillic letters that look Latin (domain 12.11): these are С and Н.
    sku: 'СН-205',
    category,
    name: 'Operator chair Polo with fixed arms',
    nameAr: 'كرسي موظف بولو بمساند ثابتة',
    description:
      'An economical operator chair: padded back, fixed arms, gas lift and a steel-reinforced base.',
    descriptionAr: 'كرسي موظف اقتصادي: ظهر مبطّن ومساند ثابتة ورافعة غاز وقاعدة مدعّمة بالفولاذ.',
    price: '219.00',
    stock: 75,
    attributes: { dimensions: '58 × 58 × 90–100 cm', colour: 'Teal' },
    picture: { shape: 'task-chair', colour: palette.teal, accent: palette.charcoal, count: 2 },
  },
  {
    sku: 'ST-330',
    category,
    name: 'Drafting stool Perch with foot ring',
    nameAr: 'كرسي رسم مرتفع بيرش بحلقة للقدمين',
    description:
      'A tall stool for counters, labs and drafting tables; chrome foot ring and a height range of 60 to 85 cm.',
    descriptionAr:
      'كرسي مرتفع للكاونترات والمختبرات وطاولات الرسم، مزود بحلقة كروم للقدمين وارتفاع من 60 إلى 85 سم.',
    price: '285.00',
    stock: 19,
    attributes: { material: 'Polyurethane seat', colour: 'Mustard' },
    picture: { shape: 'stool', colour: palette.mustard, accent: palette.silver },
  },
];
