/** Docker's name server in small: says which addresses a service has at this moment. Enough of RFC 1035 for nginx. */
import { createSocket } from 'node:dgram';

export interface OwnDns {
  readonly port: number;
  /** The addresses that every name has from now on. */
  readonly say: (addresses: readonly string[]) => void;
  readonly stop: () => void;
}

const HEADER_BYTES = 12;
const TYPE_A = 1;

/** Where the question ends: its name, then type and class. */
const endOfQuestion = (query: Buffer): number => {
  let at = HEADER_BYTES;
  while ((query[at] ?? 0) !== 0) at += (query[at] ?? 0) + 1;
  return at + 5;
};

const answerTo = (query: Buffer, addresses: readonly string[]): Buffer => {
  const end = endOfQuestion(query);
  const found = query.readUInt16BE(end - 4) === TYPE_A ? addresses : [];
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  // An answer, recursion wished and had, no error; no such name without any address, as Docker says it.
  header.writeUInt16BE(addresses.length > 0 ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(found.length, 6);
  const records = found.map((address) =>
    // The name of the question, type A, class IN, 600 s as Docker says (nginx is told 5), four bytes.
    Buffer.from([
      0xc0,
      HEADER_BYTES,
      0,
      TYPE_A,
      0,
      1,
      0,
      0,
      2,
      0x58,
      0,
      4,
      ...address.split('.').map(Number),
    ]),
  );
  return Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...records]);
};

export const startDns = async (first: readonly string[]): Promise<OwnDns> => {
  let addresses = first;
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => socket.send(answerTo(query, addresses), from.port, from.address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    port: socket.address().port,
    say: (now) => {
      addresses = now;
    },
    stop: () => socket.close(),
  };
};
