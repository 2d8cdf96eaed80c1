/** Skips rendering while all props are identical (Preact keeps this in its compatibility layer, which we do not ship). */
import { Component, type ComponentChild, type FunctionComponent, h } from 'preact';

export const memo = <P extends object>(render: FunctionComponent<P>) =>
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const before: object = this.props;
      const keys = new Set([...Object.keys(before), ...Object.keys(next)]);
      for (const key of keys) if (!Object.is(Reflect.get(before, key), Reflect.get(next, key))) return true;
      return false;
    }

    override render(): ComponentChild {
      return h(render, this.props as P);
    }
  };
