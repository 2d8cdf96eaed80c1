/** The words of all parts of the admin in one catalogue; a part keeps its words in files of its own. */
import { chartRu } from './chart.ru.ts';

import { houseRu } from './house.ru.ts';
import { listRu } from './list.ru.ts';
import { mapsRu } from './maps.ru.ts';
import { operationsRu } from './operations.ru.ts';
import { phonesRu } from './phones.ru.ts';
import { productsRu } from './products.ru.ts';
import { qualityRu } from './quality.ru.ts';
import { reportsRu } from './reports.ru.ts';
import { saleRu } from './sale.ru.ts';
import { settingsRu } from './settings.ru.ts';
import { settingsNamesRu } from './settings-names.ru.ts';
import { shellRu } from './shell.ru.ts';

export const partsRu = {
  ...chartRu,
  ...listRu,
  ...mapsRu,
  ...operationsRu,
  ...phonesRu,
  ...productsRu,
  ...qualityRu,
  ...reportsRu,
  ...saleRu,
  ...shellRu,
  ...settingsRu,
  ...settingsNamesRu,
  ...houseRu,
};
