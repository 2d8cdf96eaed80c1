/** Properties of furniture that a reply may ascribe to a product, each with its spellings in both languages. */
import { words } from '../../language/words.ts';

/** One regular expression a property: it is claimed and proven by the same words. */
export const ATTRIBUTES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['mesh', words('mesh', ['شبكي', 'شبك'])],
  ['leather', words('leather', ['جلد', 'جلدي'])],
  ['velvet', words('velvet', ['مخمل'])],
  ['fabric', words('fabric|upholster\\w*|textile', ['قماش', 'قماشي'])],
  ['oak', words('oak', ['بلوط'])],
  ['walnut', words('walnut', ['جوز'])],
  ['glass', words('glass', ['زجاج', 'زجاجي'])],
  ['marble', words('marble', ['رخام'])],
  ['solid wood', words('solid wood', ['خشب صلب', 'خشب طبيعي'])],
  [
    'metal',
    words('metal|steel|iron|alumini?um|chrome', ['معدن', 'معدني', 'حديد', 'ألمنيوم', 'فولاذ', 'ستيل']),
  ],
  ['a headrest', words('head ?rest', ['مسند رأس', 'مسند للرأس'])],
  ['lumbar support', words('lumbar', ['قطني', 'أسفل الظهر', 'لأسفل الظهر'])],
  ['castors', words('castors?|casters?|wheels?', ['عجلات', 'عجلة'])],
  ['a footrest', words('foot ?rest', ['مسند قدم', 'مسند للقدم'])],
  ['folding', words('fold(?:able|ing)|folds', ['قابل للطي', 'يطوى'])],
  ['stacking', words('stack(?:able|ing)', ['قابل للتكديس'])],
  ['a motor', words('electric\\w*|motors?|motori[sz]ed', ['كهربائي', 'محرك'])],
  ['drawers', words('drawers?', ['درج', 'أدراج'])],
  ['a lock', words('lockable|locks?|locking', ['قفل', 'أقفال', 'يقفل'])],
  ['water resistance', words('water ?proof|water[- ]resistant', ['مقاوم للماء', 'ضد الماء'])],
  [
    'fire resistance',
    words('fire ?proof|fire[- ](?:resistant|retardant|rated)', ['مقاوم للحريق', 'ضد الحريق']),
  ],
  ['sound insulation', words('sound ?proof|sound[- ]insulat\\w*|acoustic', ['عازل للصوت', 'عازلة', 'عازل'])],
  [
    'power or USB',
    words('usb|power (?:box|boxes|socket|sockets|outlet|outlets)|sockets?|outlets?', [
      'منفذ',
      'مقبس',
      'يو اس بي',
    ]),
  ],
  ['a memory function', words('memory foam|memory function', ['ذاكرة'])],
  ['black', words('black', ['=اسود', '=الاسود', 'سوداء'])],
  ['white', words('white', ['=ابيض', '=الابيض', 'بيضاء'])],
  ['grey', words('gr[ea]y', ['رمادي', 'رصاصي'])],
  ['brown', words('brown', ['بني', 'بنية'])],
  ['blue', words('blue', ['=ازرق', '=الازرق', 'زرقاء'])],
  ['red', words('red', ['=احمر', '=الاحمر', 'حمراء'])],
  ['green', words('green', ['=اخضر', '=الاخضر', 'خضراء'])],
  ['beige', words('beige', ['بيج'])],
];
