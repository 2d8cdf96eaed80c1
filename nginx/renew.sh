#!/bin/sh
# renew.sh: asks twice a day whether the certificate has to be renewed (certbot does so 30 days before its end); the
# authority finds the proof through nginx, which takes the new certificate up by itself (serve.sh).
# renew.sh check: ends with 1 when the certificate ends within 20 days, so that the container shows as unhealthy.
set -u
folder=${CERTIFICATE_DIR:-/etc/letsencrypt/live/shop}
# Where nginx serves the authority's proofs from.
webroot=${ACME_DIR:-/var/www/acme}
every=${RENEW_EVERY_S:-43200}
ENDS_SOON_S=1728000

if [ "${1:-}" = check ]; then
  exec openssl x509 -checkend "$ENDS_SOON_S" -noout -in "$folder/fullchain.pem"
fi

trap 'exit 0' TERM INT
while :; do
  certbot renew --quiet --webroot --webroot-path "$webroot" ||
    echo "The certificate could not be renewed; it is tried again in $every s. Try by hand: ops/shop renew" >&2
  # In the background, so that a stop is answered at once.
  sleep "$every" &
  wait $!
done
