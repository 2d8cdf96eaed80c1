/** The cheapest HTTP client that is still right: one keep-alive socket, one request at a time. */
import { connect, type Socket } from 'node:net';

export interface HttpConnection {
  /** Sends a POST and resolves with the status. */
  readonly post: (path: string, headers: Readonly<Record<string, string>>, body: string) => Promise<number>;
  readonly close: () => void;
}

export const openConnection = (port: number): Promise<HttpConnection> =>
  new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let pending: PromiseWithResolvers<number> | null = null;
    let received = '';
    let closed = false;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      const status = wholeAnswer(received);
      if (status === null) return;
      received = '';
      pending?.resolve(status);
      pending = null;
    });
    const fail = (error: Error): void => {
      closed = true;
      pending?.reject(error);
      pending = null;
      reject(error);
    };
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('The server closed the connection.')));
    socket.once('connect', () =>
      resolve({
        post: (path, headers, body) => {
          // The server closes connections that are idle for some seconds.
          if (closed) return Promise.reject(new Error('The connection was closed: open another.'));
          pending = Promise.withResolvers<number>();
          const fields = Object.entries(headers)
            .map(([name, value]) => `${name}: ${value}\r\n`)
            .join('');
          socket.write(
            `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${fields}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
          );
          return pending.promise;
        },
        close: () => {
          socket.removeAllListeners('close');
          socket.destroy();
        },
      }),
    );
  });

/** The status once head and body are there; bodies here are ASCII, so characters are bytes. */
const wholeAnswer = (text: string): number | null => {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, end + 2))?.[1] ?? 0);
  return text.length >= end + 4 + length ? Number(text.slice(9, 12)) : null;
};
