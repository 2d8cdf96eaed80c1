/** What `npm start` prints: where each vendor is, the admin's address and the one-time link (contract 1). */
import { Redacted } from 'effect';
import type { Config } from './config.ts';
import type { RunningProduct } from './product.ts';

export const startTable = (
  config: Config,
  product: Pick<RunningProduct, 'url' | 'places' | 'signInLink'>,
): string => {
  const width = Math.max(...product.places.map((place) => place.vendor.length));
  const modes = Math.max(...product.places.map((place) => place.mode.length));
  const rows = product.places.map(
    (place) => `  ${place.vendor.padEnd(width)}  ${place.mode.padEnd(modes)}  ${place.where}`,
  );
  const secret = config.webhookSecret.isRandom
    ? [
        `  Webhook    ${product.url}/api/v1/webhook/wazzup  (bearer ${Redacted.value(config.webhookSecret.value)})`,
      ]
    : [`  Webhook    ${product.url}/api/v1/webhook/wazzup`];
  return [
    '',
    'Treejar is running.',
    '',
    ...rows,
    '',
    ...secret,
    `  Admin      ${product.url}/admin/`,
    ...(product.signInLink === null
      ? []
      : [`  Sign in    ${product.signInLink}`, '             (works once, for 30 minutes)']),
    '',
  ].join('\n');
};
