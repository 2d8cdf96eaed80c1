/** The sandbox's model looks at a picture: it reads what the sandbox's pictures say of themselves, and nothing else. */
import { descriptionOf } from '../double/png-text.ts';
import type { Asked, Move } from './salesperson/salesperson.ts';

const DATA_URL = /^data:image\/png;base64,(.+)$/;

/** A picture's description is `plan: …`, `product: …`; any other picture is just a picture. */
export const looked = (asked: Asked): Move => {
  const [, base64 = ''] = DATA_URL.exec(asked.images?.at(-1) ?? '') ?? [];
  const said = descriptionOf(Buffer.from(base64, 'base64')) ?? '';
  const [, what, description] = /^(plan|product):\s*(.+)$/.exec(said) ?? [];
  const answer = what
    ? { what, description: description ?? '' }
    : { what: 'other', description: 'a picture without furniture' };
  return { kind: 'say', text: JSON.stringify(answer) };
};
