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
  ruleLead:
    'Читается сверху: правило товара — первая строка, чьим словам он отвечает; предлагается первое, что есть. Частные строки стоят выше общих.',
  ruleFor: 'Строка {n}: для каких товаров',
  ruleForHint: 'desk',
  ruleOffer: 'Строка {n}: что предлагать, через запятую',
  ruleOfferHint: 'ergonomic chair, pedestal',
  ruleUp: 'Поднять строку {n}',
  ruleRemove: 'Удалить строку {n}',
  ruleAdd: 'Добавить строку',
  ruleForMissing: 'Напишите, для каких товаров: хотя бы одна буква или цифра.',
  ruleOfferMissing: 'Напишите, что предлагать, через запятую.',
  ruleOfferMany: 'Не больше пяти предложений.',
  ruleTwice: 'Строка выше — для тех же слов, эта никогда не читается.',
};
