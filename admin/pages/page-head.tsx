/** The head of a plain page: its name, one line of explanation, its actions. */
import type { ComponentChildren } from 'preact';

export const PageHead = ({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children?: ComponentChildren;
}) => (
  <header class="page-head">
    <div>
      <h1>{title}</h1>
      <p>{lead}</p>
    </div>
    <div class="page-actions">{children}</div>
  </header>
);
