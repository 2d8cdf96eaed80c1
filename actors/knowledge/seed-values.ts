/** Company values, in the business's order of priority (domain 15). Facts for persuasion, in both languages. */
import type { SeedArticle } from './knowledge.ts';

type Text = readonly [title: string, body: string];

const VALUE_TEXTS: readonly { readonly en: Text; readonly ar: Text }[] = [
  {
    en: ['Fitted to your tasks', "Treejar fits furniture to a company's tasks."],
    ar: ['أثاث يناسب مهامكم', 'تختار Treejar الأثاث بما يناسب مهام الشركة.'],
  },
  {
    en: [
      'From selection to installation',
      'Treejar accompanies a project from selection to installation, with layout drawings.',
    ],
    ar: ['من الاختيار إلى التركيب', 'ترافق Treejar المشروع من الاختيار إلى التركيب، مع مخططات التوزيع.'],
  },
  {
    en: ['Faster office start', 'Fast delivery helps an office to start work sooner.'],
    ar: ['بداية أسرع للمكتب', 'التوصيل السريع يساعد المكتب على بدء العمل مبكراً.'],
  },
  {
    en: [
      'Budget without loss of quality',
      'The budget is optimised without loss of quality; alternatives are offered.',
    ],
    ar: ['ميزانية مدروسة دون خسارة الجودة', 'نحسّن الميزانية دون خسارة الجودة، ونقدم بدائل.'],
  },
  {
    en: ['Flexible payment', 'Payment is flexible; the terms are agreed with a manager.'],
    ar: ['مرونة في الدفع', 'الدفع مرن، ويُتفق على الشروط مع المدير.'],
  },
  {
    en: [
      'Sourcing what is not in stock',
      'Treejar sources what is not in stock; a manager handles such requests.',
    ],
    ar: ['توفير ما ليس في المخزون', 'تبحث Treejar عما ليس في المخزون، ويتولى المدير هذه الطلبات.'],
  },
  {
    en: [
      'Warranty and service',
      'Treejar gives warranty and service; the warranty depends on the type of product.',
    ],
    ar: ['الضمان والخدمة', 'تقدم Treejar الضمان والخدمة، ويعتمد الضمان على نوع المنتج.'],
  },
  {
    en: ['Help after the sale', 'Treejar helps its customers after the sale as well.'],
    ar: ['مساعدة بعد البيع', 'تساعد Treejar عملاءها بعد البيع أيضاً.'],
  },
  {
    en: ['Ready for growth', 'Solutions are chosen with growth and re-arrangement of the office in mind.'],
    ar: ['جاهزية للتوسع', 'تُختار الحلول مع مراعاة توسع المكتب وإعادة ترتيبه.'],
  },
  {
    en: ['Knows the MENA markets', 'Treejar knows the MENA markets: UAE, KSA, Qatar and Oman.'],
    ar: ['معرفة بأسواق المنطقة', 'تعرف Treejar أسواق المنطقة: الإمارات والسعودية وقطر وعُمان.'],
  },
  {
    en: ['In Europe since 1991', 'In Europe since 1991, present in more than 20 countries.'],
    ar: ['في أوروبا منذ 1991', 'في أوروبا منذ عام 1991، وحضور في أكثر من 20 دولة.'],
  },
  {
    en: ['Own production', 'Five own production sites.'],
    ar: ['إنتاج خاص', 'خمسة مواقع إنتاج خاصة.'],
  },
  {
    en: ['Customisation', 'Furniture can be customised; a manager confirms what is possible.'],
    ar: ['التخصيص', 'يمكن تخصيص الأثاث، ويؤكد المدير ما هو ممكن.'],
  },
  {
    en: ['Own transport', 'Treejar has its own transport fleet.'],
    ar: ['نقل خاص', 'لدى Treejar أسطول نقل خاص.'],
  },
];

export const VALUES: readonly SeedArticle[] = VALUE_TEXTS.flatMap((value, i) =>
  (['en', 'ar'] as const).map((language) => ({
    key: `seed-value-${String(i + 1).padStart(2, '0')}-${language}`,
    kind: 'value' as const,
    language,
    title: value[language][0],
    body: value[language][1],
  })),
);
