/** Words of the catalog: the synchronisation, and why a search ranked its hits so. */
import type { PartOf } from './part.ts';
import type { productsEn } from './products.en.ts';

export const productsRu: PartOf<typeof productsEn> = {
  syncReading: 'Синхронизация: просмотрено {seen}, изменено {changed}',
  syncIndexing: 'Просмотрено всё ({seen}), изменено {changed}; доступно поиску: {embedded}',
  whyHere: 'Почему здесь',
  whyNamed: 'Товар назван прямо, поэтому он стоит раньше всех.',
  whyMeaning: 'Смысл {score}',
  whyWords: 'Общие слова {score}',
  whyKindSame: 'Это тот вид товара, о котором спросили ({kinds}): оценка сохранена целиком.',
  whyKindGeneral:
    'Это тот вид товара, о котором спросили ({kinds}), в более широком смысле: остаётся {share} % оценки.',
  whyKindOther: 'Это не тот вид товара, о котором спросили ({kinds}): остаётся {share} % оценки.',
  whyKindNone: 'Вид товара не назван: решают только смысл и слова.',
  whyInStock: 'Есть на складе, поэтому раньше равных.',
  whyNoStock: 'Нет на складе, поэтому после равных.',
  limitsRead: 'Только товары',
  limitPrice: 'до {price}',
  limitCategories: 'из категорий: {names}',
  limitStock: 'в наличии',
  limitsNone: 'Ограничений по цене, категории или наличию в словах нет.',
};
