#!/bin/sh
# nginx itself, and beside it somebody who looks at the certificate: when certbot has laid down another one, nginx takes it
# up by a reload, which leaves open connections (the admin's live sockets) with the workers that have them.
set -eu
conf=${NGINX_CONF:-/etc/nginx/nginx.conf}
folder=${CERTIFICATE_DIR:-/etc/letsencrypt/live/shop}
# How often the certificate is looked at, s.
every=${CERTIFICATE_LOOK_S:-60}

[ -s "$folder/fullchain.pem" ] ||
  { echo "There is no certificate in $folder yet: get it with the command of docs/operations.md, step 7." >&2; exit 1; }

state() { cat "$folder/fullchain.pem" "$folder/privkey.pem" 2>/dev/null | cksum; }

watch() {
  known=$(state)
  # $$ is nginx by then: nobody watches for one that is gone.
  while sleep "$every" && kill -0 $$ 2>/dev/null; do
    now=$(state)
    [ "$now" != "$known" ] || continue
    # Key and certificate are laid down one after the other: between the two nginx goes on with the old pair.
    if nginx -q -t -c "$conf"; then
      nginx -c "$conf" -s reload && known=$now && echo "nginx took up the renewed certificate"
    else
      echo "The certificate in $folder cannot be used; nginx goes on with the one before and looks again in $every s." >&2
    fi
  done
}

watch &
exec nginx -c "$conf" -g 'daemon off;'
