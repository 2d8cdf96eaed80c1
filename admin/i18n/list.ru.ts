/** Words of the list of conversations. */
import type { listEn } from './list.en.ts';
import type { PartOf } from './part.ts';

export const listRu: PartOf<typeof listEn> = {
  tabStuck: 'Застряли',
  colTimer: 'Дальше само',
  emptyStuck: 'Ничего не застряло',
  emptyStuckLead: 'Здесь диалоги на паузе, со сбоем или такие, где бот не продвигается.',
  rowPaused: 'Пауза',
  anyStage: 'Любой этап',
  stage: 'Этап',
  saleExploring: 'Присматривается',
  saleSelecting: 'Выбирает',
  saleDetailing: 'Уточняем данные',
  saleQuoting: 'Готовится предложение',
  saleQuoted: 'Предложение отправлено',
  saleNegotiating: 'Обсуждает условия',
  saleAccepted: 'Принято',
  salePaid: 'Оплачено',
  saleDelivered: 'Доставлено',
  saleLost: 'Упущено',
};
