/** Fixed-height desks. */
import { palette } from './palette.ts';
import type { SandboxItem } from './types.ts';

const category = 'Desks';

export const desks: readonly SandboxItem[] = [
  {
    sku: 'DK-1200',
    category,
    name: 'Straight desk Linea 1200',
    nameAr: 'مكتب مستقيم لينيا 1200',
    description:
      'A straight desk for one person: 25 mm worktop with a cable hole, steel legs with levelling feet.',
    descriptionAr:
      'مكتب مستقيم لشخص واحد: سطح بسماكة 25 مم مع فتحة للكابلات، وأرجل فولاذية بأقدام قابلة لضبط المستوى.',
    price: '420.00',
    stock: 58,
    attributes: {
      dimensions: '120 × 60 × 75 cm',
      material: 'Melamine board, powder-coated steel',
      colour: 'Oak, black legs',
      warranty: '3 years',
    },
    picture: { shape: 'desk', colour: palette.oak, accent: palette.black },
  },
  {
    sku: 'DK-1400',
    category,
    name: 'Straight desk Linea 1400',
    nameAr: 'مكتب مستقيم لينيا 1400',
    description: 'The Linea desk with a 140 cm top: room for two screens and a laptop.',
    descriptionAr: 'مكتب لينيا بسطح 140 سم يتسع لشاشتين وحاسوب محمول.',
    price: '480.00',
    stock: 71,
    attributes: {
      dimensions: '140 × 70 × 75 cm',
      material: 'Melamine board, powder-coated steel',
      colour: 'Oak, black legs',
      warranty: '3 years',
    },
    picture: { shape: 'desk', colour: palette.oak, accent: palette.black },
  },
  {
    sku: 'DK-1400-WHT',
    category,
    name: 'Straight desk Linea 1400, white',
    nameAr: 'مكتب مستقيم لينيا 1400 أبيض',
    description: 'Linea 1400 with a white top and white legs.',
    descriptionAr: 'مكتب لينيا 1400 بسطح وأرجل باللون الأبيض.',
    price: '480.00',
    stock: 33,
    attributes: { dimensions: '140 × 70 × 75 cm', colour: 'White' },
    picture: { shape: 'desk', colour: palette.white, accent: palette.silver },
  },
  {
    sku: 'DK-1600',
    category,
    name: 'Desk Linea 1600 with fixed pedestal',
    nameAr: 'مكتب لينيا 1600 مع وحدة أدراج ثابتة',
    description: 'A 160 cm desk with a three-drawer pedestal below the top; the upper drawer locks.',
    descriptionAr: 'مكتب بعرض 160 سم مع وحدة بثلاثة أدراج أسفل السطح، والدرج العلوي مزود بقفل.',
    price: '690.00',
    stock: 24,
    attributes: {
      dimensions: '160 × 75 × 75 cm',
      material: 'Melamine board',
      colour: 'Walnut',
      warranty: '3 years',
    },
    picture: { shape: 'desk', colour: palette.walnut, accent: palette.charcoal, count: 3 },
  },
  {
    sku: 'DK-L160',
    category,
    name: 'Corner desk Angle, left return',
    nameAr: 'مكتب زاوية أنغل بامتداد أيسر',
    description: 'An L-shaped desk with a 100 cm return on the left, modesty panel and two cable ports.',
    descriptionAr: 'مكتب على شكل حرف L بامتداد 100 سم من اليسار، مع لوح ساتر أمامي ومنفذين للكابلات.',
    price: '890.00',
    stock: 12,
    attributes: { dimensions: '160 × 160 × 75 cm', colour: 'Oak' },
    picture: { shape: 'executive-desk', colour: palette.oak, accent: palette.charcoal },
  },
  {
    sku: 'DK-EX200',
    category,
    name: 'Executive desk Regent 2000 with credenza',
    nameAr: 'مكتب تنفيذي ريجنت 2000 مع خزانة جانبية',
    description:
      'An executive desk in walnut veneer with a leather writing pad, side credenza and soft-close drawers.',
    descriptionAr: 'مكتب تنفيذي بقشرة الجوز الطبيعي مع سطح كتابة جلدي وخزانة جانبية وأدراج بإغلاق هادئ.',
    price: '3950.00',
    stock: 5,
    attributes: {
      dimensions: '200 × 95 × 76 cm',
      material: 'Walnut veneer, leather inlay',
      colour: 'Walnut',
      warranty: '5 years',
    },
    picture: { shape: 'executive-desk', colour: palette.walnut, accent: palette.black },
  },
  {
    // Inactive in Inventory: it may be mentioned as unavailable and is never quoted (domain 9.8).
    sku: 'DK-1000-OLD',
    category,
    name: 'Compact desk Uno 1000 (discontinued)',
    nameAr: 'مكتب صغير أونو 1000 (متوقف)',
    description: 'A compact desk for home offices. No longer supplied; DK-1200 takes its place.',
    descriptionAr: 'مكتب صغير للعمل من المنزل. لم يعد متوفرًا ويحل محله DK-1200.',
    price: '310.00',
    stock: 0,
    active: false,
    attributes: { dimensions: '100 × 50 × 75 cm', colour: 'Beige' },
    picture: { shape: 'desk', colour: palette.beige, accent: palette.silver },
  },
];
