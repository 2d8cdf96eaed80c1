#!/usr/bin/env bash
# restore.sh [--replace] latest|treejar-<moment>: brings database and media back. What is there stays in its place until
# the whole backup has been read; a restore that fails changes nothing. The shop must be stopped (ops/shop does that).
# shellcheck source=ops/backup/common.sh
. "$(dirname "$0")/common.sh"
trap leave_gpg EXIT

replace=no
if [ "${1:-}" = --replace ]; then
  replace=yes
  shift
fi
wanted=${1:-}
[ -n "$wanted" ] || stop_with "Say which backup: latest, or one of: $(complete_backups | tr '\n' ' ')"
[ "$wanted" != latest ] || wanted=$(complete_backups | tail -n 1)
from=$BACKUP_DIR/$wanted
[[ -n $wanted && -f $from/SHA256SUMS ]] || stop_with "There is no backup ${wanted:-at all} in $BACKUP_DIR."
(cd "$from" && sha256sum --check --quiet SHA256SUMS) || stop_with "The backup $wanted is damaged: take another one."

started=$(date +%s)
target=$PGDATABASE
fresh=${target}_restoring
on_server() { PGDATABASE=postgres psql --quiet --no-psqlrc --tuples-only --no-align --set ON_ERROR_STOP=1 --command "$1"; }

if [ "$replace" = no ] && [ "$(on_server "select count(*) from pg_database where datname = '$target'")" != 0 ] &&
  [ "$(psql --no-psqlrc --tuples-only --no-align --command "select count(*) from pg_tables where schemaname = 'public'")" != 0 ]; then
  stop_with "The database $target is not empty: add --replace to put the backup in its place."
fi

on_server "drop database if exists \"$fresh\" with (force)"
on_server "create database \"$fresh\" template template0 encoding 'UTF8'"
decrypt "$from/database.dump.gpg" | pg_restore --dbname="$fresh" --exit-on-error --no-owner --no-privileges ||
  stop_with "The backup $wanted could not be read into PostgreSQL; $target is as it was."
files=$MEDIA_DIR.restoring
rm -rf "$files"
mkdir -p "$files"
decrypt "$from/media.tar.gz.gpg" | tar --extract --gzip --directory "$files" ||
  stop_with "The media of $wanted could not be read; database and media are as they were."

on_server "drop database if exists \"$target\" with (force)"
on_server "alter database \"$fresh\" rename to \"$target\""
rm -rf "$MEDIA_DIR"
mv "$files" "$MEDIA_DIR"
say "restored $wanted in $(($(date +%s) - started)) s"
