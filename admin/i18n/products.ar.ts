/** Words of the catalog: the synchronisation, and why a search ranked its hits so. */
import type { PartOf } from './part.ts';
import type { productsEn } from './products.en.ts';

export const productsAr: PartOf<typeof productsEn> = {
  syncReading: 'جارٍ المزامنة: فُحص {seen}، تغيّر {changed}',
  syncIndexing: 'فُحص الكل ({seen})، تغيّر {changed}؛ أُتيح للبحث: {embedded}',
  whyHere: 'لماذا هنا',
  whyNamed: 'ذُكر هذا المنتج بعينه، لذلك يسبق غيره.',
  whyMeaning: 'المعنى {score}',
  whyWords: 'الكلمات المشتركة {score}',
  whyKindSame: 'هو من النوع المطلوب ({kinds}) ويحتفظ بكامل درجته.',
  whyKindGeneral: 'هو من النوع المطلوب ({kinds}) بمعنى أوسع ويحتفظ بنسبة {share}٪ من درجته.',
  whyKindOther: 'ليس من النوع المطلوب ({kinds}) ويحتفظ بنسبة {share}٪ من درجته.',
  whyKindNone: 'لم تُذكر فئة معينة: المعنى والكلمات وحدهما يقرران.',
  whyInStock: 'متوفر، لذلك يسبق ما يساويه.',
  whyNoStock: 'غير متوفر، لذلك يأتي بعد ما يساويه.',
  limitsRead: 'منتجات فقط',
  limitPrice: 'حتى {price}',
  limitCategories: 'من {names}',
  limitStock: 'متوفرة',
  limitsNone: 'لم يُفهم من الكلمات أي حد للسعر أو الفئة أو التوفر.',
};
