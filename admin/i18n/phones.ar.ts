/** Words of the simulator's microphone. */
import type { PartOf } from './part.ts';
import type { phonesEn } from './phones.en.ts';

export const phonesAr: PartOf<typeof phonesEn> = {
  recordVoice: 'تسجيل رسالة صوتية',
  recordVoiceHint:
    'سجّل بميكروفونك حتى دقيقة. تفهم البيئة التجريبية العيّنة وحدها؛ ومع WHISPER_API_KEY تُفهم رسالتك أيضًا.',
  recordingVoice: 'جارٍ التسجيل',
  sendVoice: 'إرسال الرسالة الصوتية',
  discardVoice: 'حذف التسجيل',
  micRefused: 'لا يُسمح للمتصفح باستخدام الميكروفون. اسمح به بجانب عنوان الصفحة، أو أرسل العيّنة الصوتية.',
  micNone: 'لم يُعثر على ميكروفون. وصّل واحدًا، أو أرسل العيّنة الصوتية.',
  micInsecure:
    'لا يسجّل المتصفح إلا عبر HTTPS أو على هذا الجهاز نفسه. افتح الصفحة هكذا، أو أرسل العيّنة الصوتية.',
  micFailed: 'لم يتمكن المتصفح من التسجيل. حاول مرة أخرى، أو أرسل العيّنة الصوتية.',
};
