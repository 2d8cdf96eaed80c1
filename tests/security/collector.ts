/** An OpenTelemetry collector that keeps what it is sent, as text. */
import { createServer } from 'node:http';

/** Of OTLP's JSON, what tells who belongs to whom. */
export interface ExportedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Missing or empty: the beginning of its trace. */
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

interface Body {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly ExportedSpan[] }[];
  }[];
}

export interface Collector {
  readonly url: string;
  /** Everything that was exported so far. */
  readonly exported: () => string;
  /** All spans of it, of whichever request. */
  readonly spans: () => readonly ExportedSpan[];
  readonly close: () => void;
}

export const startCollector = async (): Promise<Collector> => {
  const bodies: string[] = [];
  const server = createServer((asked, answer) => {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk: Buffer) => void chunks.push(chunk));
    asked.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString('utf8'));
      answer.setHeader('content-type', 'application/json');
      answer.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the collector has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    exported: () => bodies.join('\n'),
    spans: () =>
      bodies.flatMap((body) =>
        (JSON.parse(body) as Body).resourceSpans.flatMap(({ scopeSpans }) =>
          scopeSpans.flatMap(({ spans }) => spans),
        ),
      ),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
