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
  ruleLead:
    'تُقرأ من الأعلى: قاعدة المنتج هي أول سطر يوافق كلماته، ويُعرض أول ما يتوفر فيه. السطور الخاصة فوق العامة.',
  ruleFor: 'السطر {n}: لأي منتجات',
  ruleForHint: 'desk',
  ruleOffer: 'السطر {n}: ما يُعرض، تفصل بينه فواصل',
  ruleOfferHint: 'ergonomic chair, pedestal',
  ruleUp: 'رفع السطر {n}',
  ruleRemove: 'حذف السطر {n}',
  ruleAdd: 'إضافة سطر',
  ruleForMissing: 'اكتب لأي منتجات هو، بحرف أو رقم على الأقل.',
  ruleOfferMissing: 'اكتب ما يُعرض، بكلمات تفصل بينها فواصل.',
  ruleOfferMany: 'خمسة عروض على الأكثر.',
  ruleTwice: 'يسبقه سطر للكلمات نفسها، فلن يُقرأ هذا.',
};
