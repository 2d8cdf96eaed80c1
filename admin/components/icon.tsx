/** One icon of our own sprite. Decorative: the words beside it (or the control's label) carry the meaning. */
import sprite from '../assets/icons.svg?no-inline';

export interface IconProps {
  readonly name: string;
  readonly class?: string;
  /** Points along the line of reading: mirrored in right-to-left. */
  readonly directed?: boolean;
}

export const Icon = ({ name, class: extra = '', directed = false }: IconProps) => (
  <svg class={`icon ${directed ? 'icon-directed' : ''} ${extra}`} aria-hidden="true" focusable="false">
    <use href={`${sprite}#${name}`} />
  </svg>
);
