import type { PartOf } from './part.ts';
import type { reportsEn } from './reports.en.ts';

export const reportsRu: PartOf<typeof reportsEn> = {
  reports: 'Отчёты',
  reportsLead: 'День, неделя или любые дни; числа такие, какими были при составлении отчёта.',
  reportMake: 'Составить отчёт',
  reportKind: 'О чём',
  reportDaily: 'Вчерашний день',
  reportWeekly: 'Последние семь дней',
  reportCustom: 'Выбранные дни',
  reportFrom: 'С',
  reportTo: 'По',
  reportTell: 'Отправить и в группу менеджеров в Telegram',
  reportMade: 'Отчёт составлен.',
  reportMadeBy: 'Составил',
  reportMadeAt: 'Составлен',
  reportDays: 'Дни',
  reportTold: 'Группа оповещена',
  reportFiles: 'Файлы',
  reportOpen: 'Открыть',
  reportNone: 'Отчётов ещё нет',
  reportNoneLead: 'Отчёты за день и за неделю составляются сами; можно составить отчёт за любые дни сейчас.',
  reportBySchedule: 'автоматически',
};
