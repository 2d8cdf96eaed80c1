/** The customers that the sandbox's CRM knows: one of each kind worth trying (domain 11.3, 11.4). Numbers are invented. */
import type { CrmDoubleState } from '../zoho-crm/crm-double.ts';

export const seedSandboxCrm = (crm: CrmDoubleState): void => {
  const wholesale = crm.addContact({
    First_Name: 'Layla',
    Last_Name: 'Hassan',
    Phone: '+971500000101',
    Email: 'layla@fitout.example',
    Account_Name: { name: 'Bright Fit-Out LLC', id: '554023000001200001' },
    Lead_Source: 'chatbot',
    Segment: ['Wholesale'],
    Created_Time: '2025-06-02T10:15:00+04:00',
  });
  crm.addDeal(wholesale.id, {
    Deal_Name: 'Operator chairs for 24 desks',
    Stage: 'Order confirmed',
    Amount: 18_960.5,
    Closing_Date: '2025-07-01',
  });
  // A national spelling, without the country code.
  crm.addContact({
    First_Name: 'Omar',
    Last_Name: 'Saleh',
    Mobile: '050 000 0102',
    Lead_Source: 'Website',
    Segment: 'End-client B2C',
    Created_Time: '2025-09-11T12:00:00+04:00',
  });
  // One person twice: the older one is the customer.
  for (const [name, created] of [
    ['Rahman', '2024-03-05T09:00:00+04:00'],
    ['Rahman (old phone book)', '2025-03-05T09:00:00+04:00'],
  ] as const) {
    crm.addContact({
      First_Name: 'Aisha',
      Last_Name: name,
      Phone: created.startsWith('2024') ? '+971500000103' : '00971 50 000 0103',
      Segment: ['Horeca', 'Design agency'],
      Created_Time: created,
    });
  }
};
