/** A part that is fetched when it is first shown, in its place: the page around it stays. */
import type { ComponentChild, FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { trouble } from '../app/services.ts';

export const lazily = <P extends object>(
  load: () => Promise<FunctionComponent<P>>,
  meanwhile: () => ComponentChild,
): FunctionComponent<P> => {
  let known: FunctionComponent<P> | null = null;
  return (props: P) => {
    const [Part, setPart] = useState<FunctionComponent<P> | null>(() => known);
    useEffect(() => {
      if (known !== null) return;
      load().then((part) => {
        known = part;
        setPart(() => part);
      }, trouble);
    }, []);
    return Part === null ? meanwhile() : <Part {...props} />;
  };
};
