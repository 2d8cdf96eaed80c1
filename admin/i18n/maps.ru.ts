/** Words of the settings' maps. */
import type { mapsEn } from './maps.en.ts';
import type { PartOf } from './part.ts';

export const mapsRu: PartOf<typeof mapsEn> = {
  tmplLead:
    'Выбрать можно только одобренные WhatsApp шаблоны. В пропуск ставятся слова или {{name}}, {{number}} и подобное.',
  tmplFollowUp: 'Напоминание {n}',
  tmplQuiet: 'Тихий чат, сообщение {n}',
  tmplAgreed: 'Условленный контакт',
  tmplAny: 'Сообщение',
  tmplSilence: 'После {n} дней молчания',
  tmplNone: 'Без шаблона: вне окна ничего не уходит',
  tmplUnknown: '{id} (сейчас не одобрен)',
  tmplBlank: 'Пропуск {n}',
  mapName: 'Новая запись',
  mapAdd: 'Добавить',
  mapRemove: 'Убрать {name}',
};
