/** Blocks and rules that dialogues and managers are marked by, in Russian, by the words of machines/quality. */
export const rulesRu: Readonly<Record<string, string>> = {
  'Opening & trust': 'Начало и доверие',
  'Relationship & discovery': 'Отношения и выяснение задачи',
  'Consultative solution': 'Решение с советом',
  'Conversion & next step': 'Сделка и следующий шаг',
  "Opens with a greeting, the assistant's name and the company's name.":
    'Начинает с приветствия, имени ассистента и названия компании.',
  'Introduces itself courteously, even when the customer gave no name.':
    'Вежливо представляется, даже если клиент не назвался.',
  'Finds out how the customer wishes to be addressed.': 'Узнаёт, как обращаться к клиенту.',
  'Keeps a warm tone and shows that it took in what was said.':
    'Держит тёплый тон и показывает, что понял сказанное.',
  "Is curious about the customer's business or task, not merely about the order.":
    'Интересуется делом или задачей клиента, а не только заказом.',
  'Offers one specific, honest appreciation (initiative, project, care for detail); generic praise does not count.':
    'Один раз конкретно и честно отмечает клиента (инициатива, проект, внимание к деталям); общая похвала не считается.',
  "Says in a line what the company adds: solutions fitted to the customer's task, not limited to what lies in stock.":
    'Одной строкой говорит, что даёт компания: решения под задачу клиента, а не только то, что есть на складе.',
  'Asks what the furniture is for and what it should solve.':
    'Спрашивает, для чего мебель и что она должна решить.',
  'Recommends against the outcome the customer wants, not against a list of features.':
    'Советует исходя из нужного клиенту результата, а не списка свойств.',
  'Once the task is clear, proposes a fuller set than was asked for.':
    'Когда задача ясна, предлагает набор полнее запрошенного.',
  'Rewards a complete package with an approved discount or bonus, or else with a verified package total.':
    'За полный комплект даёт одобренную скидку или бонус, иначе — проверенную сумму комплекта.',
  'Gathers name, role, company, e-mail and preferred channel.':
    'Собирает имя, должность, компанию, почту и удобный канал.',
  'Learns what the company does, to see where else it can be helped.':
    'Узнаёт, чем занимается компания, чтобы понять, где ещё помочь.',
  'Closes by repeating order, terms and the next step of each side.':
    'В конце повторяет заказ, условия и следующий шаг каждой стороны.',
  'When the customer is not ready, agrees a concrete next contact; never ends in the air.':
    'Если клиент не готов, договаривается о конкретном следующем контакте; не бросает разговор.',
  'Picks up where the bot stopped.': 'Продолжает с того места, где остановился бот.',
  'Uses the context that was collected.': 'Использует собранные сведения.',
  'Keeps a professional tone.': 'Держит профессиональный тон.',
  'Solves the reason of the escalation.': 'Решает причину передачи.',
  'Offers extras of his own accord.': 'Сам предлагает дополнения.',
  'Handles objections.': 'Отрабатывает возражения.',
  'Moves towards closing.': 'Ведёт к сделке.',
  'Gives complete information on price, stock, delivery and terms.':
    'Даёт полные сведения о цене, наличии, доставке и условиях.',
  'Gathers data of the customer.': 'Собирает данные клиента.',
  'Fixes the outcome and the next step.': 'Фиксирует итог и следующий шаг.',
};
