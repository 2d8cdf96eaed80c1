/** Words of the frame around the pages. */
import type { PartOf } from './part.ts';
import type { shellEn } from './shell.en.ts';

export const shellRu: PartOf<typeof shellEn> = {
  railMore: 'Ещё',
  palette: 'Перейти …',
  paletteHint: 'Раздел, клиент или команда',
  keyPalette: 'Поиск по всему',
};
