/**
 * From where a customer's file may be fetched (contract 3.6): Wazzup's store hosts and the origin of our Wazzup API.
 * A name that resolves to a private address is refused, except for that origin, which is ours to choose (SSRF, design 9).
 */
import { BlockList, isIP } from 'node:net';

/** Hosts of Wazzup: the domain itself and every name below it; the files are on `store.wazzup24.com` (wire/01 §5.3). */
const WAZZUP_DOMAIN = 'wazzup24.com';

export interface AllowedUrl {
  readonly url: URL;
  /** The configured origin: may be on a private address, and without TLS. */
  readonly isOwn: boolean;
}

/** The URL when it may be fetched, `null` when not. `ownOrigin` as of `new URL(WAZZUP_BASE_URL).origin`. */
export const allowedUrl = (uri: string, ownOrigin: string): AllowedUrl | null => {
  const url = URL.parse(uri);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.origin === ownOrigin) return { url, isOwn: true };
  const host = url.hostname.replace(/\.$/, '');
  const isWazzup = host === WAZZUP_DOMAIN || host.endsWith(`.${WAZZUP_DOMAIN}`);
  return isWazzup && url.protocol === 'https:' && url.port === '' ? { url, isOwn: false } : null;
};

/** IPv4 ranges that are not the public internet (IANA special-purpose registry). */
const SPECIAL_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Parts of global unicast that carry another address inside, or none (documentation, 6to4, Teredo, benchmarks). */
const SPECIAL_IPV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const special = new BlockList();
for (const [net, prefix] of SPECIAL_IPV4) special.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of SPECIAL_IPV6) special.addSubnet(net, prefix, 'ipv6');

const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is on the public internet. IPv6 only as global unicast: mapped and translated IPv4 are not. */
export const isPublicAddress = (address: string): boolean => {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  return family === 6 && globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
};
