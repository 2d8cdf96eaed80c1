#!/usr/bin/env bash
# One backup: database and media, encrypted while they are written, read back whole, and only then called a backup.
# Qdrant is not in it: its points are made again from PostgreSQL (docs/operations.md).
# shellcheck source=ops/backup/common.sh
. "$(dirname "$0")/common.sh"

started=$(date +%s)
name=treejar-$(date -u +%Y%m%dT%H%M%SZ)
partial=$BACKUP_DIR/.partial-$name
trap 'leave_gpg; rm -rf "$partial"' EXIT

mkdir -p "$BACKUP_DIR"
# One at a time: a run by hand must not meet the scheduled one.
exec 9>"$BACKUP_DIR/.lock"
flock -n 9 || stop_with 'Another backup is running; wait for it.'
rm -rf "$BACKUP_DIR"/.partial-*
mkdir "$partial"

pg_dump --format=custom --no-owner --no-privileges | encrypt "$partial/database.dump.gpg"
# After the database: a file that a row names is there by then.
mkdir -p "$MEDIA_DIR"
tar --create --gzip --directory "$MEDIA_DIR" . | encrypt "$partial/media.tar.gz.gpg"

# What cannot be read back is no backup.
decrypt "$partial/database.dump.gpg" | pg_restore --file=/dev/null
decrypt "$partial/media.tar.gz.gpg" | tar --list --gzip >/dev/null
(cd "$partial" && sha256sum database.dump.gpg media.tar.gz.gpg >SHA256SUMS)

sync "$partial"/*
mv "$partial" "$BACKUP_DIR/$name"
bytes=$(du -sb "$BACKUP_DIR/$name" | cut -f1)
seconds=$(($(date +%s) - started))
# The shop's metrics and its own alert read this row (the 26 hours of domain 25.3).
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 \
  --command "insert into backup_run (name, bytes, seconds) values ('$name', $bytes, $seconds)" ||
  stop_with "The backup $name is good, but it could not be noted in the database: the shop will warn of its age."

# Only after a good one; the newest is never old enough.
oldest=treejar-$(date -u -d "-$BACKUP_KEEP_DAYS days" +%Y%m%dT%H%M%SZ)
for each in $(complete_backups); do
  if [[ $each < $oldest ]]; then rm -rf "${BACKUP_DIR:?}/$each"; fi
done
say "backup $name: $bytes bytes in $seconds s"
