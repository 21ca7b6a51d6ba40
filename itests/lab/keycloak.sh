#!/bin/bash
# A throw-away Keycloak on loopback, with its database in a file of its own.
# usage: keycloak.sh fetch|archive
#        LAB=<private folder> PORT=<free port> [PROVIDER=<jar>] keycloak.sh up
#        LAB=<private folder> keycloak.sh down|kill
#   fetch    gets the distribution from Maven Central, unless it is there
#   archive  prints where the distribution lies
#   up       unpacks and builds it once for each provider jar, starts it, waits until it answers; $LAB/home is its folder
#   down     stops it; kill stops it without warning; the database stays
# The administrator of the realm master is admin, password admin.
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
VERSION=$(sed -n 's:.*<keycloak.version>\(.*\)</keycloak.version>.*:\1:p' "$ROOT/pom.xml")
ARCHIVE=${KEYCLOAK_ARCHIVE:-$HOME/.m2/repository/org/keycloak/keycloak-quarkus-dist/$VERSION/keycloak-quarkus-dist-$VERSION.tar.gz}

fetch() {
  [ -f "$ARCHIVE" ] && return
  # elsewhere than in the project, whose build has nothing to do with it
  (cd /tmp && mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get \
    -Dartifact="org.keycloak:keycloak-quarkus-dist:$VERSION:tar.gz" -Dtransitive=false)
  [ -f "$ARCHIVE" ]
}

# an unpacked and built Keycloak, shared by all runs with the same provider
home() {
  local kind=plain
  [ -z "${PROVIDER:-}" ] || kind=provider-$(sha256sum "$PROVIDER" | cut -c1-16)
  local home=$ROOT/itests/lab/target/keycloak/$VERSION-$kind
  mkdir -p "$(dirname "$home")"
  exec 9>"$home.lock"
  flock 9
  if [ ! -f "$home/built" ]; then
    rm -rf "$home"
    # providers of former builds are of no use any more
    [ "$kind" = plain ] || rm -rf "$(dirname "$home")"/"$VERSION"-provider-*[0-9a-f]
    mkdir "$home"
    tar -xzf "$ARCHIVE" -C "$home" --strip-components=1
    if [ "$kind" = plain ]; then
      echo "bin/kc.sh build"
    else
      # as the page tells administrators to do it
      sed -n 's/^keycloak\$ \(cp .*\|bin\/kc.sh build .*\)$/\1/p' "$ROOT/docs/keycloak-in-ten-minutes.md" |
        sed "s:/opt/passbridge/integrations/passbridge-keycloak-provider.jar:'$PROVIDER':"
    fi >"$home/install"
    (cd "$home" && bash -e install) >"$home.log" 2>&1 || { cat "$home.log" >&2; return 1; }
    touch "$home/built"
  fi
  exec 9>&-
  echo "$home"
}

up() {
  : "${LAB:?}" "${PORT:?}"
  fetch
  local home
  home=$(home)
  mkdir -p "$LAB"
  ln -sfn "$home" "$LAB/home"
  # without a delay the database writes before it answers, so that a kill shows nobody's losses but ours;
  # a small heap is enough for a few realms; kc.sh stays the parent of java
  KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=admin JAVA_OPTS_KC_HEAP="-Xms64m -Xmx${HEAP:-384m}" \
    setsid "$home/bin/kc.sh" start --optimized --http-enabled=true --http-host=127.0.0.1 --http-port="$PORT" \
    --hostname-strict=false --cache=local \
    --db-url="jdbc:h2:file:$LAB/keycloak;NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0" ${OPTIONS:-} \
    >>"$LAB/keycloak.out" 2>&1 </dev/null &
  echo $! >"$LAB/keycloak.pid"
  for _ in $(seq 1 900); do
    # it listens before it has made its database, and answers 503 until then
    curl -sf -o /dev/null "http://127.0.0.1:$PORT/realms/master" && return 0
    kill -0 "$(cat "$LAB/keycloak.pid")" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 40 "$LAB/keycloak.out" >&2
  return 1
}

end() {
  : "${LAB:?}"
  local pid
  pid=$(cat "$LAB/keycloak.pid")
  kill "-$1" -- "-$pid" 2>/dev/null || true
  for _ in $(seq 1 200); do
    kill -0 -- "-$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$pid" 2>/dev/null || true
}

case ${1:-} in
  fetch) fetch ;;
  archive) echo "$ARCHIVE" ;;
  up) up ;;
  down) end TERM ;;
  kill) end KILL ;;
  *) sed -n 2,10p "$0" >&2; exit 1 ;;
esac
