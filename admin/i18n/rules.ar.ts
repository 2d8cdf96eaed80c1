/** Blocks and rules that dialogues and managers are marked by, in Arabic, by the words of machines/quality. */
export const rulesAr: Readonly<Record<string, string>> = {
  'Opening & trust': 'الافتتاح والثقة',
  'Relationship & discovery': 'العلاقة وفهم الحاجة',
  'Consultative solution': 'الحل الاستشاري',
  'Conversion & next step': 'الإغلاق والخطوة التالية',
  "Opens with a greeting, the assistant's name and the company's name.":
    'يبدأ بتحية واسم المساعد واسم الشركة.',
  'Introduces itself courteously, even when the customer gave no name.':
    'يعرّف بنفسه بلطف حتى إن لم يذكر العميل اسمه.',
  'Finds out how the customer wishes to be addressed.': 'يعرف كيف يودّ العميل أن يُخاطب.',
  'Keeps a warm tone and shows that it took in what was said.': 'يحافظ على أسلوب ودود ويُظهر أنه فهم ما قيل.',
  "Is curious about the customer's business or task, not merely about the order.":
    'يهتم بعمل العميل أو مهمته لا بالطلب وحده.',
  'Offers one specific, honest appreciation (initiative, project, care for detail); generic praise does not count.':
    'يقدّم تقديرًا واحدًا محددًا وصادقًا (مبادرة، مشروع، عناية بالتفاصيل)؛ المديح العام لا يُحسب.',
  "Says in a line what the company adds: solutions fitted to the customer's task, not limited to what lies in stock.":
    'يقول في سطر ما تضيفه الشركة: حلول تناسب مهمة العميل ولا تقتصر على المخزون.',
  'Asks what the furniture is for and what it should solve.': 'يسأل عن الغرض من الأثاث وما يجب أن يحلّه.',
  'Recommends against the outcome the customer wants, not against a list of features.':
    'يوصي بحسب النتيجة التي يريدها العميل لا بحسب قائمة مواصفات.',
  'Once the task is clear, proposes a fuller set than was asked for.':
    'بعد وضوح المهمة يقترح مجموعة أكمل مما طُلب.',
  'Rewards a complete package with an approved discount or bonus, or else with a verified package total.':
    'يكافئ المجموعة الكاملة بخصم أو ميزة معتمدة، وإلا بإجمالي مؤكد للمجموعة.',
  'Gathers name, role, company, e-mail and preferred channel.':
    'يجمع الاسم والمنصب والشركة والبريد وقناة التواصل المفضلة.',
  'Learns what the company does, to see where else it can be helped.':
    'يعرف مجال عمل الشركة ليرى أين يمكن مساعدتها أيضًا.',
  'Closes by repeating order, terms and the next step of each side.':
    'يختم بإعادة الطلب والشروط والخطوة التالية لكل طرف.',
  'When the customer is not ready, agrees a concrete next contact; never ends in the air.':
    'إن لم يكن العميل مستعدًا يتفق على موعد تواصل محدد؛ لا ينتهي الحديث معلقًا.',
  'Picks up where the bot stopped.': 'يكمل من حيث توقف البوت.',
  'Uses the context that was collected.': 'يستفيد مما جُمع من معلومات.',
  'Keeps a professional tone.': 'يحافظ على أسلوب مهني.',
  'Solves the reason of the escalation.': 'يحل سبب التحويل.',
  'Offers extras of his own accord.': 'يعرض إضافات من تلقاء نفسه.',
  'Handles objections.': 'يعالج الاعتراضات.',
  'Moves towards closing.': 'يتقدم نحو إتمام البيع.',
  'Gives complete information on price, stock, delivery and terms.':
    'يعطي معلومات كاملة عن السعر والمخزون والتوصيل والشروط.',
  'Gathers data of the customer.': 'يجمع بيانات العميل.',
  'Fixes the outcome and the next step.': 'يثبّت النتيجة والخطوة التالية.',
};
