import type { PartOf } from './part.ts';
import type { reportsEn } from './reports.en.ts';

export const reportsAr: PartOf<typeof reportsEn> = {
  reports: 'التقارير',
  reportsLead: 'يوم أو أسبوع أو أي أيام، بالأرقام كما كانت عند إعداد التقرير.',
  reportMake: 'إعداد تقرير',
  reportKind: 'عن',
  reportDaily: 'أمس',
  reportWeekly: 'آخر سبعة أيام',
  reportCustom: 'أيام مختارة',
  reportFrom: 'من',
  reportTo: 'إلى',
  reportTell: 'إرساله أيضًا إلى مجموعة المديرين في تيليغرام',
  reportMade: 'أُعدّ التقرير.',
  reportMadeBy: 'أعدّه',
  reportMadeAt: 'أُعدّ في',
  reportDays: 'الأيام',
  reportTold: 'أُبلغت المجموعة',
  reportFiles: 'الملفات',
  reportOpen: 'فتح',
  reportNone: 'لم يُعدّ أي تقرير بعد',
  reportNoneLead: 'يُعدّ تقرير كل صباح وكل أسبوع تلقائيًا؛ ويمكن إعداد واحد الآن لأي أيام.',
  reportBySchedule: 'تلقائيًا',
};
