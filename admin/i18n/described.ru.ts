/** What each state of the conversation means, in Russian, by the sentence of the machine. */
export const describedRu: Readonly<Record<string, string>> = {
  'Looks the phone up in the CRM in several spellings (domain 11.1).':
    'Ищет телефон в CRM в нескольких написаниях.',
  'A new contact is made once (domain 11.1, 11.2).': 'Новый контакт создаётся один раз.',
  'The CRM refused the contact; the next message tries again.':
    'CRM отклонила контакт; следующая попытка — с новым сообщением.',
  'The CRM could not be asked; the next message tries again.':
    'CRM недоступна; следующая попытка — с новым сообщением.',
  'The assistant answers.': 'Отвечает ассистент.',
  'Handed over; nobody speaks until a person does (domain 8.4).':
    'Передано человеку; пока он не заговорит, молчат все.',
  'A manager answered in Telegram; the assistant is silent until the answer was sent.':
    'Менеджер ответил в Telegram; ассистент молчит, пока ответ не отправлен.',
  'Puts the manager’s draft into the customer’s language and tone; figures stay as they are.':
    'Переводит черновик менеджера на язык и тон клиента; цифры остаются как есть.',
  'The answer is on its way; the conversation is given back once it was sent.':
    'Ответ в пути; после отправки разговор возвращается ассистенту.',
  'A person speaks; the assistant is silent until the chat is given back (domain 8.12).':
    'Говорит человек; ассистент молчит, пока чат не вернут.',
  'The person has been silent for long: the chat is offered back, and a manager is told again.':
    'Человек долго молчит: чат предлагают вернуть, менеджера извещают снова.',
  'Nobody spoke of a quotation yet.': 'О предложении ещё не говорили.',
  'The customer wants it later; selling goes on, and a later wish is enough.':
    'Клиент хочет его позже; продажа продолжается, достаточно попросить потом.',
  'No quotation, until the customer asks for one anew (domain 9.23). Selling goes on (lesson F-07).':
    'Без предложения, пока клиент сам его не попросит. Продажа продолжается.',
  'The customer wants a quotation: the only state in which one may be made (lesson F-06).':
    'Клиент хочет предложение: только в этом состоянии его можно составить.',
  'Looking around; nothing is chosen.': 'Присматривается; ничего не выбрано.',
  'Items and quantities are being chosen.': 'Выбираются товары и количества.',
  'Several articles fit; the question stays open through interruptions (domain 12.11, lesson F-12).':
    'Подходит несколько артикулов; вопрос остаётся открытым, даже если разговор прервался.',
  'How many? The question stays open through interruptions (domain 3.8, lesson F-02).':
    'Сколько? Вопрос остаётся открытым, даже если разговор прервался.',
  'Items and quantities are known; no quotation is wanted yet.':
    'Товары и количества известны; предложение пока не нужно.',
  'A quotation is wanted; the missing details are gathered (domain 9.1).':
    'Нужно предложение; собираются недостающие данные.',
  'A quotation is being made: only with consent, complete, and while the assistant speaks (domain 9.1).':
    'Составляется предложение: только с согласия, с полными данными и пока говорит ассистент.',
  'The order is made in Inventory, once, and read back; prices are compared with what was told (domain 9.18).':
    'Заказ создаётся в Inventory один раз и перечитывается; цены сверяются с названными.',
  'The paper is drawn and kept.': 'Документ оформляется и сохраняется.',
  'The paper goes out once, after the answer that announces it.':
    'Документ уходит один раз, после ответа, который о нём сообщает.',
  'An answer that is under way goes first.': 'Сначала уходит ответ, который уже в пути.',
  'The PDF is being sent.': 'Отправляется PDF.',
  'The customer has the quotation (domain 9.22).': 'Предложение у клиента.',
  'Asked whether the offer suits: a plain yes counts now (domain 9.22).':
    'Спросили, подходит ли предложение: теперь достаточно простого «да».',
  'The customer thinks it over.': 'Клиент думает.',
  'The quotation does not suit yet; a new revision may follow (domain 9.16, 9.22).':
    'Предложение пока не подходит; может появиться новая редакция.',
  'A new request: the old order is history and leaks nothing (lesson F-04).':
    'Новый запрос: старый заказ в прошлом и ни на что не влияет.',
  'The customer accepted; a person arranges invoice and delivery (domain 9.22).':
    'Клиент согласился; счёт и доставку оформляет человек.',
  'The order is paid.': 'Заказ оплачен.',
  'The order is delivered.': 'Заказ доставлен.',
  'Refused, expired or never answered. A new wish begins a new order.':
    'Отказ, истёк срок или нет ответа. Новое желание начинает новый заказ.',
  'Nothing is wanted clearly enough, or the CRM does not know the customer yet.':
    'Желание ещё не ясно, или CRM пока не знает клиента.',
  'One deal for an order: a repeat finds the one that is there.':
    'Одна сделка на заказ: повтор находит уже созданную.',
  'The CRM says what is true.': 'Верно то, что в CRM.',
  'One change after the other, so that a slow one never undoes a newer one.':
    'Изменения идут по одному, чтобы медленное не отменило более новое.',
  'The CRM refused; the next message of the customer tries again.':
    'CRM отклонила; следующая попытка — с новым сообщением клиента.',
  'Nothing to answer.': 'Отвечать не на что.',
  'Waits for the end of a burst: people write one thought in several messages (domain 4.5). Looks up what it is about meanwhile.':
    'Ждёт конца серии: одну мысль пишут несколькими сообщениями. Тем временем ищет, о чём речь.',
  'Fetches prompts, products and knowledge for the burst, and waits a moment for the CRM.':
    'Достаёт инструкции, товары и знания для этих сообщений и немного ждёт CRM.',
  'Turns voice notes into words; from then on they are text (domain 16.5).':
    'Превращает голосовые в слова; дальше это текст.',
  'Looks at pictures: a plan is a person’s, a product is searched for (domain 16.6).':
    'Смотрит картинки: план — для человека, товар ищется.',
  'Waits for the look-up, or begins it where the burst has ended with other words.':
    'Ждёт поиска или начинает его, если серия закончилась другими словами.',
  'A slow CRM may hold an answer up only for a moment (domain 11.13).':
    'Медленная CRM задерживает ответ лишь ненадолго.',
  'One call of the model.': 'Один вызов модели.',
  'Runs what the model asked for: reads side by side, changes through guards.':
    'Выполняет, что попросила модель: чтение параллельно, изменения через проверки.',
  'The other regions hear first what changed, so that the model is told how things stand.':
    'Сначала об изменении узнают другие области, чтобы модель знала, как обстоят дела.',
  'Nothing leaves that the tools of this turn did not find (domain 14).':
    'Наружу не уходит ничего, чего не нашли инструменты этого хода.',
  'The reply is queued; a message that comes now starts the next turn.':
    'Ответ в очереди; сообщение, пришедшее сейчас, начнёт следующий ход.',
  'The reply has gone out; the photos of the articles that it names follow.':
    'Ответ ушёл; следом идут фото названных в нём артикулов.',
  'Looks for our copies of the photos.': 'Ищет наши копии фото.',
  'Each photo is a message of its own.': 'Каждое фото — отдельное сообщение.',
  'Answered; what came meanwhile is the next turn.': 'Отвечено; пришедшее за это время — следующий ход.',
  'Nothing is planned.': 'Ничего не запланировано.',
  'Follow-ups are planned; any word of the customer ends them (domain 17.4).':
    'Запланированы напоминания; любое слово клиента их прекращает.',
  'Until the step is due in business time (domain 17.1, 17.2).': 'До срока шага в рабочее время.',
  'Settings, channel, window and hours are looked at now, not when it was planned (domain 17.3).':
    'Настройки, канал, окно и часы проверяются сейчас, а не при планировании.',
  'Every step is over; a day later the quotation counts as rejected (domain 17.6).':
    'Все шаги пройдены; через день предложение считается отклонённым.',
  'An automatic answer came: the chain rests until the return and a day, else three days (domain 17.5).':
    'Пришёл автоответ: цепочка ждёт возвращения и ещё день, иначе три дня.',
  'The customer named a time (domain 5.15); it holds whatever is written before.':
    'Клиент назвал время; оно в силе, что бы ни писали раньше.',
  'The hourly run asked for a reminder or a word after long silence (domain 17.8, 18.1).':
    'Ежечасный обход попросил напомнить или написать после долгого молчания.',
  'A chain has ended; the next quotation begins another one.':
    'Цепочка закончилась; следующее предложение начнёт новую.',
  'The customer wants no messages: we never write first again, and answer when they write (domain 20.1).':
    'Клиент не хочет сообщений: первыми больше не пишем, на письма отвечаем.',
  'Nothing was ordered yet.': 'Заказов ещё не было.',
  'An accepted order: the hourly run asks Inventory how it stands (domain 18.4).':
    'Заказ принят: ежечасный обход спрашивает Inventory, как он движется.',
  'Delivered: a day later the customer is asked what they think, once (domain 18.3).':
    'Доставлено: через день клиента один раз спрашивают о впечатлении.',
  'Four questions, one by one; each answer is checked (domain 18.3).':
    'Четыре вопроса по одному; каждый ответ проверяется.',
  'Feedback is not asked for any more.': 'Об отзыве больше не спрашивают.',
};
