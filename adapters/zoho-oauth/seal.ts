/** Seals access tokens before they go to a shared store: without the refresh token and client secret they are noise. */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { Redacted } from 'effect';

export interface Seal {
  readonly close: (token: Redacted.Redacted) => string;
  /** `null` when the text was sealed with other credentials or damaged. */
  readonly open: (sealed: string) => Redacted.Redacted | null;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM with a key derived from the credentials. */
export const makeSeal = (clientSecret: Redacted.Redacted, refreshToken: Redacted.Redacted): Seal => {
  const material = `${Redacted.value(clientSecret)}\n${Redacted.value(refreshToken)}`;
  const key = Buffer.from(hkdfSync('sha256', material, '', 'treejar zoho access token', 32));
  return {
    close: (token) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const text = Buffer.concat([cipher.update(Redacted.value(token), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64');
      if (bytes.byteLength <= IV_BYTES + TAG_BYTES) return null;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
        return Redacted.make(text.toString('utf8'));
      } catch {
        // Only a failed authentication gets here: not ours, or damaged. A new token is asked for instead.
        return null;
      }
    },
  };
};

/** The store's key of a set of credentials: new credentials start with a clean state. */
export const credentialsKey = (
  accountsUrl: string,
  clientId: string,
  refreshToken: Redacted.Redacted,
): string =>
  createHash('sha256')
    .update(`${accountsUrl}\n${clientId}\n${Redacted.value(refreshToken)}`)
    .digest('hex');
