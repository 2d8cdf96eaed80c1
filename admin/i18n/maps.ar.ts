/** Words of the settings' maps. */
import type { mapsEn } from './maps.en.ts';
import type { PartOf } from './part.ts';

export const mapsAr: PartOf<typeof mapsEn> = {
  tmplLead:
    'لا يمكن اختيار إلا القوالب التي وافق عليها واتساب. يُملأ الفراغ بكلمات أو بـ {{name}} و{{number}} وغيرها.',
  tmplFollowUp: 'المتابعة {n}',
  tmplQuiet: 'محادثة هادئة، الرسالة {n}',
  tmplAgreed: 'تواصل متفق عليه',
  tmplAny: 'الرسالة',
  tmplSilence: 'بعد صمت {n} يومًا',
  tmplNone: 'بلا قالب: لا يُرسل شيء خارج النافذة',
  tmplUnknown: '{id} (غير معتمد الآن)',
  tmplBlank: 'الفراغ {n}',
  mapName: 'إدخال جديد',
  mapAdd: 'إضافة',
  mapRemove: 'إزالة {name}',
};
