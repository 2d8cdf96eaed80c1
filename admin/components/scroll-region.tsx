/** A part that scrolls and holds nothing to focus: it takes the focus itself, so that the keyboard can scroll it. */
import type { ComponentChildren, Ref } from 'preact';

export interface ScrollRegionProps {
  readonly label: string;
  readonly class: string;
  readonly children: ComponentChildren;
  readonly scroller?: Ref<HTMLElement>;
}

export const ScrollRegion = ({ label, class: name, children, scroller }: ScrollRegionProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard reaches a scrolling region only through focus.
  <section class={name} aria-label={label} tabIndex={0} ref={scroller ?? null}>
    {children}
  </section>
);
