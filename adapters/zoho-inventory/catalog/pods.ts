/** Phone booths, meeting pods and acoustic panels. */
import { palette } from './palette.ts';
import type { SandboxItem } from './types.ts';

const category = 'Pods and acoustics';

export const pods: readonly SandboxItem[] = [
  {
    sku: 'PB-1',
    category,
    name: 'Phone booth Hush for one',
    nameAr: 'كابينة هاتف هَش لشخص واحد',
    description:
      'A free-standing booth for calls with its own fan, light, socket and shelf. Assembled on site in half a day.',
    descriptionAr: 'كابينة مستقلة للمكالمات مزودة بمروحة وإضاءة ومقبس ورف. تُركَّب في الموقع خلال نصف يوم.',
    price: '12900.00',
    stock: 2,
    attributes: {
      dimensions: '100 × 100 × 220 cm',
      material: 'Steel, glass, acoustic felt',
      colour: 'White',
      seats: '1',
      warranty: '2 years',
    },
    picture: { shape: 'pod', colour: palette.white, accent: palette.teal, count: 1 },
  },
  {
    sku: 'PB-4',
    category,
    name: 'Meeting pod Hush for four',
    nameAr: 'كابينة اجتماعات هَش لأربعة أشخاص',
    description: 'A pod with two sofas, a table and ventilation for four people.',
    descriptionAr: 'كابينة بأريكتين وطاولة وتهوية تتسع لأربعة أشخاص.',
    price: '34500.00',
    stock: 1,
    attributes: { dimensions: '220 × 150 × 225 cm', colour: 'Charcoal, mustard inside', seats: '4' },
    picture: { shape: 'pod', colour: palette.charcoal, accent: palette.mustard, count: 4 },
  },
  {
    sku: 'AC-120',
    category,
    name: 'Acoustic wall panel Felt 1200',
    nameAr: 'لوح جداري عازل للصوت فِلت 1200',
    description:
      'A panel of pressed felt with grooves that softens echo; it is fixed with adhesive or screws.',
    descriptionAr: 'لوح من اللباد المضغوط بأخاديد تخفف الصدى، ويثبّت بالغراء أو البراغي.',
    price: '185.00',
    stock: 140,
    attributes: { dimensions: '120 × 60 × 1.2 cm', material: 'PET felt', colour: 'Green' },
    picture: { shape: 'panel', colour: palette.green, accent: palette.silver },
  },
  {
    sku: 'AC-SCR160',
    category,
    name: 'Free-standing acoustic screen 1600',
    nameAr: 'فاصل صوتي قائم 1600',
    description: 'A screen on feet that divides an open office and dampens voices on both sides.',
    descriptionAr: 'فاصل على قواعد يقسم المكتب المفتوح ويخفف الأصوات من الجهتين.',
    price: '540.00',
    stock: 25,
    attributes: {
      dimensions: '160 × 45 × 150 cm',
      material: 'Fabric over acoustic core',
      colour: 'Blue',
      warranty: '3 years',
    },
    picture: { shape: 'panel', colour: palette.blue, accent: palette.charcoal, count: 2 },
  },
];
