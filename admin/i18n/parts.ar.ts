/** The words of all parts of the admin in one catalogue; a part keeps its words in files of its own. */
import { chartAr } from './chart.ar.ts';

import { houseAr } from './house.ar.ts';
import { listAr } from './list.ar.ts';
import { mapsAr } from './maps.ar.ts';
import { operationsAr } from './operations.ar.ts';
import { phonesAr } from './phones.ar.ts';
import { productsAr } from './products.ar.ts';
import { qualityAr } from './quality.ar.ts';
import { reportsAr } from './reports.ar.ts';
import { saleAr } from './sale.ar.ts';
import { settingsAr } from './settings.ar.ts';
import { settingsNamesAr } from './settings-names.ar.ts';
import { shellAr } from './shell.ar.ts';

export const partsAr = {
  ...chartAr,
  ...listAr,
  ...mapsAr,
  ...operationsAr,
  ...phonesAr,
  ...productsAr,
  ...qualityAr,
  ...reportsAr,
  ...saleAr,
  ...shellAr,
  ...settingsAr,
  ...settingsNamesAr,
  ...houseAr,
};
