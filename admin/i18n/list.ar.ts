/** Words of the list of conversations. */
import type { listEn } from './list.en.ts';
import type { PartOf } from './part.ts';

export const listAr: PartOf<typeof listEn> = {
  tabStuck: 'متوقفة',
  colTimer: 'التالي تلقائيًا',
  emptyStuck: 'لا شيء متوقف',
  emptyStuckLead: 'تظهر هنا المحادثات الموقوفة مؤقتًا أو المتعثرة أو التي لا يتقدم فيها المساعد.',
  rowPaused: 'موقوفة مؤقتًا',
  anyStage: 'كل المراحل',
  stage: 'المرحلة',
  saleExploring: 'يستكشف',
  saleSelecting: 'يختار',
  saleDetailing: 'جمع التفاصيل',
  saleQuoting: 'يُعدّ عرض السعر',
  saleQuoted: 'أُرسل عرض السعر',
  saleNegotiating: 'تفاوض',
  saleAccepted: 'مقبول',
  salePaid: 'مدفوع',
  saleDelivered: 'تم التسليم',
  saleLost: 'ضائع',
};
