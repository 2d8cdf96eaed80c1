/** The words of all parts of the admin in one catalogue; a part keeps its words in files of its own. */
import { operationsRu } from './operations.ru.ts';
import { saleRu } from './sale.ru.ts';
import { shellRu } from './shell.ru.ts';

export const partsRu = {
  ...operationsRu,
  ...saleRu,
  ...shellRu,
};
