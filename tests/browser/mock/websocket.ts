/** A WebSocket server of the least size that a browser accepts (RFC 6455): text frames, ping, close. For tests only. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The constant of RFC 6455 §1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const;

export interface MockSocket {
  readonly send: (value: unknown) => void;
  readonly close: () => void;
  onText: (text: string) => void;
  onClose: () => void;
}

const frame = (opcode: number, payload: Buffer): Buffer => {
  const { length } = payload;
  const head = length < 126 ? Buffer.alloc(2) : length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10);
  head[0] = 0x80 | opcode;
  if (length < 126) head[1] = length;
  else if (length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
};

interface Parsed {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly rest: Buffer;
}

/** One client frame from the buffer; null while it is incomplete. Client frames are always masked (RFC 6455 §5.3). */
const parse = (buffer: Buffer): Parsed | null => {
  if (buffer.length < 2) return null;
  const short = (buffer[1] ?? 0) & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const maskAt = 2 + lengthBytes;
  if (buffer.length < maskAt + 4) return null;
  const length =
    lengthBytes === 0
      ? short
      : lengthBytes === 2
        ? buffer.readUInt16BE(2)
        : Number(buffer.readBigUInt64BE(2));
  const end = maskAt + 4 + length;
  if (buffer.length < end) return null;
  const mask = buffer.subarray(maskAt, maskAt + 4);
  const payload = Buffer.from(buffer.subarray(maskAt + 4, end));
  for (const [index, byte] of payload.entries()) payload[index] = byte ^ (mask[index % 4] ?? 0);
  return { opcode: (buffer[0] ?? 0) & 0x0f, payload, rest: buffer.subarray(end) };
};

/** Answers the upgrade and gives the socket. */
export const acceptWebSocket = (request: IncomingMessage, stream: Duplex): MockSocket => {
  const key = request.headers['sec-websocket-key'] ?? '';
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  let pending = Buffer.alloc(0);
  const socket: MockSocket = {
    send: (value) => {
      if (stream.writable) stream.write(frame(OPCODE.text, Buffer.from(JSON.stringify(value))));
    },
    close: () => {
      stream.end(frame(OPCODE.close, Buffer.alloc(0)));
      stream.destroy();
    },
    onText: () => {},
    onClose: () => {},
  };
  stream.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (let next = parse(pending); next !== null; next = parse(pending)) {
      pending = Buffer.from(next.rest);
      if (next.opcode === OPCODE.text) socket.onText(next.payload.toString('utf8'));
      else if (next.opcode === OPCODE.ping) stream.write(frame(OPCODE.pong, next.payload));
      else if (next.opcode === OPCODE.close) stream.end(frame(OPCODE.close, Buffer.alloc(0)));
    }
  });
  stream.on('close', () => socket.onClose());
  stream.on('error', () => stream.destroy());
  return socket;
};
