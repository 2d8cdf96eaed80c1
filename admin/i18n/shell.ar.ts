/** Words of the frame around the pages. */
import type { PartOf } from './part.ts';
import type { shellEn } from './shell.en.ts';

export const shellAr: PartOf<typeof shellEn> = {
  railMore: 'المزيد',
  palette: 'انتقل إلى …',
  paletteHint: 'اكتب اسم صفحة أو عميل أو أمر',
  keyPalette: 'البحث في كل شيء',
};
