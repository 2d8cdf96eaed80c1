/** The words of all parts of the admin in one catalogue; a part keeps its words in files of its own. */
import { chartEn } from './chart.en.ts';

import { houseEn } from './house.en.ts';
import { listEn } from './list.en.ts';
import { mapsEn } from './maps.en.ts';
import { operationsEn } from './operations.en.ts';
import { phonesEn } from './phones.en.ts';
import { productsEn } from './products.en.ts';
import { qualityEn } from './quality.en.ts';
import { reportsEn } from './reports.en.ts';
import { saleEn } from './sale.en.ts';
import { settingsEn } from './settings.en.ts';
import { settingsNamesEn } from './settings-names.en.ts';
import { shellEn } from './shell.en.ts';

export const partsEn = {
  ...chartEn,
  ...listEn,
  ...mapsEn,
  ...operationsEn,
  ...phonesEn,
  ...productsEn,
  ...qualityEn,
  ...reportsEn,
  ...saleEn,
  ...shellEn,
  ...settingsEn,
  ...settingsNamesEn,
  ...houseEn,
};
