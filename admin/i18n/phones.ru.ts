/** Words of the simulator's microphone. */
import type { PartOf } from './part.ts';
import type { phonesEn } from './phones.en.ts';

export const phonesRu: PartOf<typeof phonesEn> = {
  recordVoice: 'Записать голосовое',
  recordVoiceHint:
    'Запись с вашего микрофона, до минуты. Песочница понимает только образец; с ключом WHISPER_API_KEY поймёт и вас.',
  recordingVoice: 'Идёт запись',
  sendVoice: 'Отправить голосовое',
  discardVoice: 'Удалить запись',
  micRefused:
    'Браузеру запрещён микрофон. Разрешите его рядом с адресом страницы или отправьте образец голосового.',
  micNone: 'Микрофон не найден. Подключите его или отправьте образец голосового.',
  micInsecure:
    'Браузер записывает только по HTTPS или на самой этой машине. Откройте страницу так или отправьте образец голосового.',
  micFailed: 'Браузеру не удалось записать. Попробуйте ещё раз или отправьте образец голосового.',
};
