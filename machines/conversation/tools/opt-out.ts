import { optOut as forgetPlans } from '../updates/outreach.ts';
import { type ChangeTool, toolSpec } from './tool.ts';

/** The customer wants no messages from us, said at length; a plain STOP needs no model (domain 20.1). */
export const optOut: ChangeTool = {
  kind: 'change',
  spec: toolSpec(
    'opt_out',
    'The customer does not want to be written to any more. Not for "no, thanks" to one offer.',
    {},
    [],
  ),
  isOffered: (context) => context.outreach.optedOutAt === null,
  problem: () => null,
  apply: (context, _args, at) => ({
    update: forgetPlans(context, at),
    raise: [{ type: 'customer.optedOut' }],
    answer: { ok: true, note: 'They will not be written to first any more.' },
  }),
};
