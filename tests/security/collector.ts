/** An OpenTelemetry collector that keeps what it is sent, as text. */
import { createServer } from 'node:http';

export interface Collector {
  readonly url: string;
  /** Everything that was exported so far. */
  readonly exported: () => string;
  readonly close: () => void;
}

export const startCollector = async (): Promise<Collector> => {
  let text = '';
  const server = createServer((asked, answer) => {
    asked.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    asked.on('end', () => {
      answer.setHeader('content-type', 'application/json');
      answer.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the collector has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    exported: () => text,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
