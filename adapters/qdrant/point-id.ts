/** Point ids: Qdrant takes integers and UUIDs only, so ours are made into UUIDs that never change (wire/08 §3). */
import { createHash } from 'node:crypto';

/** The namespace of Treejar's points; a change of it is a new set of points. */
const NAMESPACE = Buffer.from('6f1d9f0e3f6b5c52a7f20c8b1f6e9a41', 'hex');

/** UUIDv5 (RFC 9562 §5.5) of our id: the same point is written again, not beside itself. */
export const pointId = (id: string): string => {
  const bytes = createHash('sha1').update(NAMESPACE).update(id).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
