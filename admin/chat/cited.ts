/** The message that the address points at (`?message=<id>`): found among older pages if need be, and brought into sight. */
import { useEffect, useState } from 'preact/hooks';
import { trouble } from '../app/services.ts';
import { useConversation, useOpened } from '../conversation/context.ts';

export const citedElement = (id: string): string => `message-${id}`;

/** Null: the address points at none. */
export const useCited = (): string | null => {
  const { open } = useOpened();
  const [cited] = useState(() => new URLSearchParams(location.search).get('message'));
  const messages = useConversation((context) => context.messages);
  const older = useConversation((context) => context.olderMessages);
  const isLoading = useConversation((context) => context.status === 'loading');
  const isHere = cited !== null && messages.some(({ message }) => message.id === cited);
  useEffect(() => {
    if (cited === null || isHere || isLoading || older === null) return;
    open.loadOlderMessages().catch(trouble);
  }, [cited, isHere, isLoading, older]);
  useEffect(() => {
    if (cited === null || !isHere) return;
    document.getElementById(citedElement(cited))?.scrollIntoView({ block: 'center' });
  }, [cited, isHere]);
  return cited;
};
