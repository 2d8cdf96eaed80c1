/** The conversation's statechart as `GET /machines/conversation` tells it, as far as the admin's pages need it. */
import type { MachineView } from '../../../runtime/api/schemas.ts';

type State = MachineView['states'][number];

/** path, label, type, description, invokes */
const STATES: readonly (readonly [string, string, State['type'], string?, string?])[] = [
  ['', 'conversation', 'parallel'],
  ['transcript', 'Transcript', 'compound'],
  ['transcript.recording', 'Recording', 'atomic'],
  ['window', 'Window', 'compound'],
  ['window.closed', 'Window closed', 'atomic'],
  ['window.open', 'Window open', 'atomic'],
  ['customer', 'Customer', 'compound'],
  ['customer.unknown', 'Not looked up yet', 'atomic'],
  [
    'customer.identifying',
    'Looking the customer up',
    'atomic',
    'Looks the phone up in the CRM.',
    'identifyCustomer',
  ],
  ['customer.new', 'New customer', 'atomic'],
  ['customer.returning', 'Returning customer', 'atomic'],
  ['customer.unavailable', 'CRM away', 'atomic'],
  ['owner', 'Owner', 'compound'],
  ['owner.bot', 'Assistant', 'atomic', 'The assistant answers.'],
  ['owner.waiting', 'Waiting for a person', 'atomic', 'Handed over; nobody speaks until a person does.'],
  ['owner.manager', 'A person', 'compound', 'A person speaks; the assistant is silent.'],
  ['owner.manager.active', 'A person', 'atomic'],
  ['owner.manager.offered', 'A person, silent for long', 'atomic'],
  ['order', 'Order', 'compound'],
  ['order.exploring', 'Looking around', 'atomic'],
  ['order.selecting', 'Choosing', 'atomic'],
  ['turn', 'Turn', 'compound'],
  ['turn.idle', 'Waiting for the customer', 'atomic'],
  ['turn.working', 'Working on an answer', 'compound'],
  ['turn.working.gathering', 'Reading along', 'atomic', 'Waits for the end of a burst.'],
  ['turn.working.understanding', 'Looking things up', 'atomic', 'Fetches products and knowledge.', 'brief'],
  ['turn.working.thinking', 'Thinking', 'atomic', 'One call of the model.', 'think'],
  [
    'turn.working.acting',
    'Reading catalog and knowledge',
    'atomic',
    'Runs what the model asked for.',
    'useTools',
  ],
  ['turn.working.checking', 'Checking the answer', 'atomic', 'Nothing leaves that the tools did not find.'],
  ['turn.speaking', 'Sending the answer', 'atomic', 'The reply is queued.', 'sendMessage'],
];

export const labelOf = (path: string): string => STATES.find(([one]) => one === path)?.[1] ?? path;

export const machineView: MachineView = {
  id: 'conversation',
  version: '1',
  states: STATES.map(([path, label, type, description, invoke]) => ({
    path,
    parent: path === '' ? null : path.split('.').slice(0, -1).join('.'),
    key: path.split('.').at(-1) ?? '',
    type,
    label,
    description: description ?? null,
    invokes: invoke === undefined ? [] : [invoke],
  })),
  transitions: [
    {
      from: 'turn.idle',
      to: 'turn.working.gathering',
      event: 'customer.message',
      guard: 'ownedByBot',
      description: 'A message is read while the assistant has the chat.',
      label: 'The customer wrote',
    },
  ],
  counts: { 'turn.idle': 41, 'turn.working.thinking': 2 },
};
