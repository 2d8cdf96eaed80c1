/** Addresses of files as customers sent them: untrusted, and shown to managers. */

/** A path of our own; `//host` and `/\host` only look like one, browsers take them for another host. */
const isOwnPath = (uri: string): boolean => /^\/(?![/\\])/.test(uri);

/** The address as a link: web addresses and our own paths, never a script or a file. Null: no link. */
export const safeLink = (uri: string): string | null => {
  if (isOwnPath(uri)) return uri;
  const parsed = URL.parse(uri);
  return parsed !== null && (parsed.protocol === 'https:' || parsed.protocol === 'http:')
    ? parsed.href
    : null;
};

/** Whether a {@link safeLink} stays with us: only then is it loaded without a click. */
export const isOurs = (link: string, origin: string): boolean =>
  isOwnPath(link) || URL.parse(link)?.origin === origin;
