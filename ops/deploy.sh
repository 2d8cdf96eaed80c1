#!/usr/bin/env bash
# ops/deploy.sh <version>: brings a version into the running shop, and goes back to the one before when it is not well.
# In this order: fetch, check the machines against the conversations that live, back up, migrate, replace the replicas one
# by one. Migrations only add (expand), so that the old version runs on the new schema: going back needs no restore; what
# is of no use any more is dropped by a later release (contract).
set -euo pipefail
cd "$(dirname "$0")/.."

version=${1:-}
[ -n "$version" ] || { echo 'Say which version, e.g. ops/deploy.sh v1.2.3.' >&2; exit 1; }
# How long a new replica may take until it is healthy, s.
patience=${DEPLOY_PATIENCE_S:-120}
before=$(sed -n 's/^TREEJAR_VERSION=//p' .env | tail -n 1)
before=${before:-local}

say() { echo "deploy $version: $1"; }
compose() { TREEJAR_VERSION=$running docker compose "$@"; }
replicas() { compose ps --quiet app; }

remember() {
  grep -v '^TREEJAR_VERSION=' .env >.env.new || true
  echo "TREEJAR_VERSION=$1" >>.env.new
  chmod 600 .env.new
  mv .env.new .env
}

is_healthy() { [ "$(docker inspect --format '{{.State.Health.Status}}' "$1")" = healthy ]; }

# Starts one replica of $running beside those that run, and answers its id when it is healthy.
start_one() {
  local known count new waited=0
  known=$(replicas)
  count=$(echo "$known" | grep -c . || true)
  compose up --detach --no-deps --no-recreate --scale "app=$((count + 1))" app >&2
  new=$(replicas | grep -vxF "$known" | head -n 1)
  [ -n "$new" ] || return 1
  while [ "$waited" -lt "$patience" ]; do
    if is_healthy "$new"; then echo "$new"; return 0; fi
    sleep 2
    waited=$((waited + 2))
  done
  docker logs --tail 40 "$new" >&2 || true
  docker rm --force "$new" >/dev/null
  return 1
}

# Replaces the replicas named in $2 by ones of version $1, one by one: at no moment is there one less than before.
replace() {
  local each
  running=$1
  for each in $2; do
    start_one >/dev/null || return 1
    docker stop "$each" >/dev/null
    docker rm "$each" >/dev/null
  done
}

running=$before
old=$(replicas)
[ -n "$old" ] || { say 'the shop does not run: start it with docker compose up -d first'; exit 1; }

running=$version
say 'fetching'
compose pull --quiet app
say 'checking the machines against the conversations'
compose run --rm --no-deps -T app node tools/machines-check.ts ||
  { say 'it would lose conversations; nothing was changed'; exit 1; }
say 'backing up'
running=$before
compose exec -T backup /ops/backup.sh
say 'migrating'
running=$version
compose run --rm --no-deps -T app node runtime/main.ts migrate

say 'replacing the replicas'
if replace "$version" "$old"; then
  remember "$version"
  say "runs (before: $before)"
  exit 0
fi
say "is not well; going back to $before"
running=$version
fresh=$(replicas | grep -vxF "$old" || true)
# Those that were stopped already are started anew, in the old version.
missing=$(($(echo "$old" | grep -c .) - $(replicas | grep -cxF "$old" || true)))
running=$before
for ((n = 0; n < missing; n++)); do start_one >/dev/null || say "a replica of $before does not start: see docker compose logs app"; done
for each in $fresh; do docker rm --force "$each" >/dev/null; done
say "$before runs"
exit 1
