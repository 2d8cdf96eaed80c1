# shellcheck shell=bash
# What backup.sh, restore.sh and schedule.sh share. PostgreSQL is named by libpq's own variables (PGHOST, PGUSER,
# PGPASSWORD, PGDATABASE), so that no password stands on a command line.
set -euo pipefail
umask 077

: "${PGDATABASE:?name the database in PGDATABASE}"
: "${BACKUP_DIR:?name the folder of the backups in BACKUP_DIR}"
: "${MEDIA_DIR:?name the folder of the media in MEDIA_DIR}"
: "${BACKUP_PASSPHRASE_FILE:?name the file with the passphrase in BACKUP_PASSPHRASE_FILE}"
BACKUP_KEEP_DAYS=${BACKUP_KEEP_DAYS:-30}

stop_with() {
  echo "$1" >&2
  exit 1
}

say() { echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $1"; }

[ -s "$BACKUP_PASSPHRASE_FILE" ] ||
  stop_with "The passphrase file $BACKUP_PASSPHRASE_FILE is missing or empty: make one with openssl rand -hex 32, and keep a copy elsewhere."

# GnuPG wants a home of its own; nothing in it is worth keeping.
GNUPGHOME=$(mktemp -d)
export GNUPGHOME
leave_gpg() {
  gpgconf --kill all >/dev/null 2>&1 || true
  rm -rf "$GNUPGHOME"
}

gpg_quiet() {
  gpg --batch --quiet --no-tty --pinentry-mode loopback --no-symkey-cache --passphrase-file "$BACKUP_PASSPHRASE_FILE" "$@"
}
# AES-256 with GnuPG's integrity packet: a changed byte is an error, not another database. pg_dump has compressed already.
encrypt() { gpg_quiet --symmetric --cipher-algo AES256 --s2k-digest-algo SHA512 --compress-algo none --output "$1"; }
decrypt() { gpg_quiet --decrypt "$1"; }

# Names are moments, so that they sort by age: treejar-20260115T220000Z.
complete_backups() {
  find "$BACKUP_DIR" -mindepth 1 -maxdepth 1 -type d -name 'treejar-[0-9]*Z' -printf '%f\n' | sort
}
