/** The customers of the laboratory. The sandbox's catalog is theirs: what they want exists, or is known not to. */
import { FACTS, type Persona, wants } from './persona.ts';

const SARA = {
  name: 'Sara Haddad',
  company: 'Acme Trading LLC',
  email: '{email}',
  address: 'Office 12, Bay Square, Business Bay',
};
const SALEM = {
  name: 'سالم المنصوري',
  company: 'شركة النخيل للتجارة',
  email: '{email}',
  address: 'برج الخليج، الطابق 5، شارع الشيخ زايد',
};

const quoted = (sku: string, quantity: number) =>
  wants({ lines: [[sku, quantity]], saleOrders: 1, document: true, known: FACTS });

export const PERSONAS: readonly Persona[] = [
  {
    id: 'en-buyer-chatty',
    language: 'en',
    temper: 'chatty',
    facts: SARA,
    says: ['Hello, I need 4 of CH-720-BLK for our new office', 'Please send me a quotation'],
    wants: quoted('CH-720-BLK', 4),
  },
  {
    id: 'en-buyer-brief',
    language: 'en',
    temper: 'brief',
    facts: { ...SARA, name: 'Omar Said' },
    says: ['2 of DK-1600', 'quotation please'],
    wants: quoted('DK-1600', 2),
  },
  {
    id: 'en-buyer-interrupts',
    language: 'en',
    temper: 'chatty',
    facts: { ...SARA, name: 'Lina Farouk' },
    says: [
      'Hi, do you have desk lamps?',
      'I want 3 of AX-LAMP',
      'How fast do you deliver?',
      'Please send me a quotation',
    ],
    wants: quoted('AX-LAMP', 3),
  },
  {
    id: 'en-looker-budget',
    language: 'en',
    temper: 'brief',
    facts: {},
    says: ['I need 10 office chairs under 300 AED', 'thanks, I will think about it'],
    wants: wants({ told: [/AED/] }),
  },
  {
    id: 'en-price-asker',
    language: 'en',
    temper: 'impatient',
    facts: {},
    says: ['Price of EX-640?', 'How many are in stock?'],
    wants: wants({ told: ['690.00', '31'] }),
  },
  {
    id: 'en-greeter',
    language: 'en',
    temper: 'chatty',
    facts: { name: 'Sam' },
    says: ['Hi', 'I need office desks', 'What is the warranty?'],
    wants: wants({ told: ['Noor', 'Treejar', /AED/, /warranty/i], known: ['name'] }),
  },
  {
    id: 'en-wants-person',
    language: 'en',
    temper: 'impatient',
    facts: {},
    says: ['I want to speak to a manager'],
    wants: wants({ owner: 'waiting', triggers: [1] }),
  },
  {
    id: 'en-angry',
    language: 'en',
    temper: 'impatient',
    facts: {},
    says: ['This is terrible service, I want to complain about my broken chair'],
    wants: wants({ owner: 'waiting', triggers: [3] }),
  },
  {
    id: 'en-missing-price',
    language: 'en',
    temper: 'brief',
    facts: {},
    says: ['Do you have CH-720-BLK?', 'Too expensive'],
    wants: wants({ told: ['265.00'] }),
  },
  {
    id: 'en-declines',
    language: 'en',
    temper: 'chatty',
    facts: {},
    says: ['I want 2 of DK-1600', 'I do not want a quotation', 'Do you have desk lamps?'],
    wants: wants({ lines: [['DK-1600', 2]], told: ['145.00'] }),
  },
  {
    id: 'ar-buyer',
    language: 'ar',
    temper: 'chatty',
    facts: SALEM,
    says: ['أريد 4 من CH-720-BLK', 'أرسل لي عرض سعر لو سمحت'],
    wants: quoted('CH-720-BLK', 4),
  },
  {
    id: 'ar-looker',
    language: 'ar',
    temper: 'brief',
    facts: {},
    says: ['هلا، أبغى كراسي للمكتب', 'عندكم شي أرخص؟'],
    wants: wants({ told: ['درهم'] }),
  },
  {
    id: 'ar-greeter',
    language: 'ar',
    temper: 'brief',
    facts: { name: 'سالم' },
    says: ['السلام عليكم', 'هل لديكم كراسي مكتب سوداء؟'],
    wants: wants({ told: ['درهم'], known: ['name'] }),
  },
  {
    id: 'ar-price-asker',
    language: 'ar',
    temper: 'impatient',
    facts: {},
    says: ['كم سعر EX-640؟', 'وين المعرض حقكم؟'],
    wants: wants({ told: ['690.00', /دبي/] }),
  },
];
