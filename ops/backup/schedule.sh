#!/usr/bin/env bash
# A backup a day, at BACKUP_HOUR_UTC (22: two in the morning in Dubai), and at once when the last one was missed.
# shellcheck source=ops/backup/common.sh
. "$(dirname "$0")/common.sh"
trap 'leave_gpg; exit 0' TERM INT
hour=${BACKUP_HOUR_UTC:-22}
# How often it is looked whether one is due; a failed one is tried again after this, s.
EVERY_S=${BACKUP_LOOK_S:-600}

due_since() {
  local today
  today=$(date -u +%Y%m%d)T$(printf '%02d' "$hour")0000Z
  if [[ $(date -u +%Y%m%dT%H%M%SZ) < $today ]]; then
    echo "treejar-$(date -u -d yesterday +%Y%m%d)T$(printf '%02d' "$hour")0000Z"
  else
    echo "treejar-$today"
  fi
}

while :; do
  newest=$(complete_backups | tail -n 1)
  if [[ $newest < $(due_since) ]]; then
    "$(dirname "$0")/backup.sh" || say "the backup failed; it is tried again in $EVERY_S s"
  fi
  # In the background, so that a stop is answered at once.
  sleep "$EVERY_S" &
  wait $!
done
