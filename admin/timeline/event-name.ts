/** Event names short enough for a row; the whole name is in its title and in the opened step. */

/**
 * `xstate.done.actor.think` is read as `think ✓`, `xstate.error.actor.think` as `think ✗`, and
 * `xstate.after.debounce.conversation.turn` as `after debounce`. Others stay as they are.
 */
export const shortEvent = (type: string): string => {
  const [head, kind, ...rest] = type.split('.');
  if (head !== 'xstate') return type;
  if (kind === 'after') return `after ${rest[0] ?? ''}`.trim();
  const child = rest[0] === 'actor' ? rest[1] : undefined;
  if (kind === 'done' && child !== undefined) return `${child} ✓`;
  if (kind === 'error' && child !== undefined) return `${child} ✗`;
  return kind ?? type;
};
