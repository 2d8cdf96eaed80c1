/** Ids made in the browser. `crypto.randomUUID` is absent on plain-HTTP addresses of a local network, this is not. */
export const randomId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
};
