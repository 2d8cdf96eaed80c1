/** A wire that can be cut: everything between a browser and the product passes it, and nothing while it is cut. */
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './product.ts';

export interface CutProxy {
  readonly url: string;
  /** Ends every connection at once, and every new one until it is mended. */
  readonly cut: () => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

/** `port`: of the product, on this machine. */
export const startCutProxy = async (port: number): Promise<CutProxy> => {
  const open = new Set<Socket>();
  let whole = true;
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // A broken connection is what this is for; its other half is ended with it.
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((near) => {
    keep(near);
    if (!whole) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    keep(far);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  const own = await freePort();
  await new Promise<void>((resolve) => server.listen(own, '127.0.0.1', resolve));
  const end = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${own}`,
    cut: () => {
      whole = false;
      end();
    },
    mend: () => {
      whole = true;
    },
    close: () => {
      end();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};
