/** A metric's name and meaning in the language chosen; English is the definition's own (machines/metrics). */
import type { Metric } from '../api/types.ts';
import { currentLocale, type Locale } from '../i18n/i18n.ts';
import { definitionsAr } from './definitions.ar.ts';
import { definitionsRu } from './definitions.ru.ts';

type Names = Readonly<Record<string, string>>;

const ar: Names = {
  conversations: 'المحادثات',
  customers: 'عملاء مختلفون',
  newCustomers: 'عملاء جدد',
  returningCustomers: 'عملاء عائدون',
  languages: 'حسب اللغة',
  segments: 'حسب الشريحة',
  target: 'محادثات مستهدفة',
  nonTarget: 'محادثات أخرى',
  length: 'رسائل لكل محادثة',
  repeatContacts: 'عملاء رجعوا',
  repeatAfter: 'رجعوا بعد',
  articles: 'منتجات ذُكرت',
  firstAnswerP50: 'أول رد، الوسيط',
  firstAnswerP95: 'أول رد، الأبطأ',
  replyMean: 'زمن الرد، المتوسط',
  replyP50: 'زمن الرد، الوسيط',
  replyP95: 'زمن الرد، الأبطأ',
  unansweredNow: 'بلا رد الآن',
  involved: 'شارك المساعد',
  resolvedAlone: 'حُلّت دون شخص',
  resolvedAloneShare: 'نسبة المحلول دون شخص',
  durableShare: 'ثابتة 7 أيام، النسبة',
  reopenedShare: 'أُعيد فتحها، النسبة',
  handOvers: 'تحويلات إلى شخص',
  takeOvers: 'تولّي يدوي',
  optOuts: 'لا يريدون رسائل',
  quotes: 'عروض أسعار مرسلة',
  deals: 'صفقات',
  dealsAmount: 'قيمة الصفقات',
  noorDeals: 'مبيعات نور',
  noorAmount: 'قيمة مبيعات نور',
  personDeals: 'مبيعات بعد التحويل',
  personAmount: 'قيمة المبيعات بعد التحويل',
  conversion: 'التحويل إلى صفقة',
  averageDeal: 'متوسط الصفقة',
  delivered: 'تم التسليم',
  refusals: 'رفض',
  refusalShare: 'نسبة الرفض',
  followUps: 'متابعات مرسلة',
  followUpsAnswered: 'متابعات أُجيب عنها',
  followUpSales: 'مبيعات بعد متابعة',
  quality: 'الجودة',
  reviews: 'مراجعات',
  feedback: 'تقييمات',
  feedbackOverall: 'التقييم العام',
  feedbackDelivery: 'تقييم التسليم',
  recommend: 'ينصحون بنا',
  nps: 'صافي التوصية',
  managerResponse: 'أول رد من شخص',
  managerConversion: 'تحويل بعد التسليم لشخص',
  managerScore: 'تقييم المدير',
  modelCost: 'تكلفة النموذج',
  reviewCost: 'تكلفة المراجعات',
  costPerConversation: 'تكلفة النموذج لكل محادثة',
};

const ru: Names = {
  conversations: 'Диалоги',
  customers: 'Разных клиентов',
  newCustomers: 'Новые клиенты',
  returningCustomers: 'Вернувшиеся клиенты',
  languages: 'По языку',
  segments: 'По сегменту',
  target: 'Целевые диалоги',
  nonTarget: 'Прочие диалоги',
  length: 'Сообщений в диалоге',
  repeatContacts: 'Клиенты, что вернулись',
  repeatAfter: 'Вернулись через',
  articles: 'Товары в разговорах',
  firstAnswerP50: 'Первый ответ, медиана',
  firstAnswerP95: 'Первый ответ, p95',
  replyMean: 'Время ответа, среднее',
  replyP50: 'Время ответа, медиана',
  replyP95: 'Время ответа, p95',
  unansweredNow: 'Сейчас без ответа',
  involved: 'Участвовал ассистент',
  resolvedAlone: 'Решено без человека',
  resolvedAloneShare: 'Доля решённых без человека',
  durableShare: 'Держатся 7 дней, доля',
  reopenedShare: 'Открыты снова, доля',
  handOvers: 'Передачи человеку',
  takeOvers: 'Перехваты',
  optOuts: 'Отказы от сообщений',
  quotes: 'Отправлено КП',
  deals: 'Сделки',
  dealsAmount: 'Сделки, сумма',
  noorDeals: 'Продажи Нур',
  noorAmount: 'Продажи Нур, сумма',
  personDeals: 'Продажи после передачи',
  personAmount: 'После передачи, сумма',
  conversion: 'Конверсия',
  averageDeal: 'Средняя сделка',
  delivered: 'Доставлено',
  refusals: 'Отказы',
  refusalShare: 'Доля отказов',
  followUps: 'Напоминаний отправлено',
  followUpsAnswered: 'Напоминаний с ответом',
  followUpSales: 'Продажи после напоминания',
  quality: 'Качество',
  reviews: 'Проверки',
  feedback: 'Отзывы',
  feedbackOverall: 'Отзывы, в целом',
  feedbackDelivery: 'Отзывы, доставка',
  recommend: 'Готовы рекомендовать',
  nps: 'Баланс рекомендаций',
  managerResponse: 'Первый ответ человека',
  managerConversion: 'Конверсия после передачи',
  managerScore: 'Оценка менеджера',
  modelCost: 'Цена модели',
  reviewCost: 'Цена проверок',
  costPerConversation: 'Модель на диалог',
};

/** By language; exported for the test that none is missing. */
export const NAMES: Readonly<Record<Exclude<Locale, 'en'>, Names>> = { ar, ru };

export const metricLabel = ({ id, label }: Pick<Metric, 'id' | 'label'>): string => {
  const locale = currentLocale();
  return locale === 'en' ? label : (NAMES[locale][id] ?? label);
};

export const DEFINITIONS: typeof NAMES = { ar: definitionsAr, ru: definitionsRu };

/** What is counted, in a sentence or two. */
export const metricDefinition = ({ id, definition }: Pick<Metric, 'id' | 'definition'>): string => {
  const locale = currentLocale();
  return locale === 'en' ? definition : (DEFINITIONS[locale][id] ?? definition);
};
