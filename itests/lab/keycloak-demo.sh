#!/bin/bash
# Copyright the Passbridge authors.
# SPDX-License-Identifier: Apache-2.0
#
# Shows the built distribution between a directory and a Keycloak: a password changed in the directory signs in at
# Keycloak's token endpoint. Starts both on the loopback address and stops them at the end.
# usage: keycloak-demo.sh <folder of the distribution> <folder for the demonstration, made anew>
# The directory is an OpenLDAP where slapd and ldap-utils are installed, and a file otherwise, or with DIRECTORY=file.
set -euo pipefail
umask 077
LABS=$(cd "$(dirname "$0")" && pwd)
DIST=$(cd "$1" && pwd)
rm -rf "$2"
mkdir -p "$2"
DEMO=$(cd "$2" && pwd)
PASSBRIDGE=$DEMO/passbridge/bin/passbridge

step=0
title() {
  step=$((step + 1))
  began=$(date +%s%N)
  printf '\n%d. %s\n' "$step" "$1"
}
seconds() {
  awk -v ns=$(($(date +%s%N) - began)) 'BEGIN { printf "%.1f s", ns / 1e9 }'
}
completed() { echo "   $1 after $(seconds)"; }
check() {
  local claim=$1
  shift
  "$@" || { echo "keycloak-demo: this should hold but does not: $claim; $DEMO has the logs" >&2; exit 2; }
  echo "   ok  $claim"
}
free_port() {
  local port
  while port=$((20000 + RANDOM)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}
finish() {
  [ ! -x "$PASSBRIDGE" ] || "$PASSBRIDGE" stop >/dev/null 2>&1 || true
  [ ! -f "$DEMO/ldap/slapd.pid" ] || LAB=$DEMO/ldap "$LABS/openldap.sh" down >/dev/null 2>&1 || true
  [ ! -f "$DEMO/keycloak/keycloak.pid" ] || LAB=$DEMO/keycloak "$LABS/keycloak.sh" down || true
}
trap finish EXIT
trap 'exit 2' INT TERM

# a file that only its owner reads, as secrets are handed over in scripts
secret() {
  printf '%s\n' "$2" >"$DEMO/$1"
  echo "$DEMO/$1"
}

# signs in at the token endpoint; the password goes over standard input
sign_in() {
  printf 'grant_type=password&client_id=login&username=%s&password=%s' "$1" "$2" |
    curl -s -o "$DEMO/answer" -w '%{http_code}' --data @- "$URL/realms/corp/protocol/openid-connect/token"
}
signs_in() { [ "$(sign_in "$1" "$2")" = 200 ]; }
refused() { [ "$(sign_in "$1" "$2")" != 200 ] && grep -q invalid_grant "$DEMO/answer"; }
wait_for() {
  for _ in $(seq 1 600); do
    "$@" 2>/dev/null && return 0
    sleep 0.1
  done
  return 1
}
admin() {
  curl -sf -o "$DEMO/answer" -X "$1" -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' --data @- "$URL/admin/realms$2"
}

title "A Keycloak with the provider of Passbridge (for the first time it is fetched and built: a minute or two)"
"$LABS/keycloak.sh" fetch >"$DEMO/fetch.log" 2>&1 ||
  { tail -n 20 "$DEMO/fetch.log"; echo "keycloak-demo: Keycloak's archive cannot be had from Maven Central" >&2; exit 2; }
PORT=$(free_port)
URL=http://127.0.0.1:$PORT
LAB=$DEMO/keycloak PORT=$PORT PROVIDER=$DIST/integrations/passbridge-keycloak-provider.jar "$LABS/keycloak.sh" up
TOKEN=$(curl -s -d grant_type=password -d client_id=admin-cli -d username=admin -d password=admin \
  "$URL/realms/master/protocol/openid-connect/token" | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
CLIENT_SECRET=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')
admin POST "" <<EOF
{"realm":"corp","enabled":true,"sslRequired":"none",
 "clients":[{"clientId":"login","publicClient":true,"directAccessGrantsEnabled":true,"standardFlowEnabled":false},
  {"clientId":"passbridge","publicClient":false,"serviceAccountsEnabled":true,"standardFlowEnabled":false,"secret":"$CLIENT_SECRET"}],
 "users":[{"username":"service-account-passbridge","enabled":true,"serviceAccountClientId":"passbridge",
  "clientRoles":{"realm-management":["manage-users"]}}]}
EOF
admin GET /corp/users/profile </dev/null
# only the first brace opens the profile itself
awk 'NR==1 { sub(/^{/, "{\"unmanagedAttributePolicy\":\"ADMIN_EDIT\",") } { print }' "$DEMO/answer" >"$DEMO/profile"
admin PUT /corp/users/profile <"$DEMO/profile"
completed "realm corp is at $URL"

cp -a "$DIST" "$DEMO/passbridge"
ETC=$DEMO/passbridge/etc
if [ "${DIRECTORY:-}" != file ] && [ -x /usr/sbin/slapd ] && command -v ldappasswd >/dev/null; then
  title "An OpenLDAP with two people"
  LDAP=$(free_port)
  LAB=$DEMO/ldap PORT=$LDAP "$LABS/openldap.sh" up
  secret ldap-admin admin >/dev/null
  tr -d '\n' <"$DEMO/ldap-admin" >"$DEMO/ldap-admin.y"
  set_password() {
    tr -d '\n' <"$(secret new-password "$2")" >"$DEMO/new-password.t"
    ldappasswd -x -H "ldap://127.0.0.1:$LDAP" -D cn=admin,dc=example,dc=org -y "$DEMO/ldap-admin.y" \
      -T "$DEMO/new-password.t" "uid=$1,ou=people,dc=example,dc=org"
  }
  for who in anna:Anna:Ash bert:Bert:Birch; do
    IFS=: read -r uid given family <<<"$who"
    printf 'dn: uid=%s,ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: %s\ncn: %s %s\ngivenName: %s\nsn: %s\nmail: %s@example.org\n' \
      "$uid" "$uid" "$given" "$family" "$given" "$family" "$uid" |
      ldapadd -x -H "ldap://127.0.0.1:$LDAP" -D cn=admin,dc=example,dc=org -y "$DEMO/ldap-admin.y" >/dev/null
  done
  set_password anna Quiet-Meadow-17
  set_password bert Misty-Harbour-42
  printf 'servers = ldap://127.0.0.1:%s\nbaseDns = ou=people,dc=example,dc=org\n' "$LDAP" >"$ETC/io.passbridge.connector.ldap-corp.cfg"
  account=cn=sync,dc=example,dc=org
  password=sync-secret
  completed "it answers at ldap://127.0.0.1:$LDAP"
else
  title "A directory with two people, in a file (slapd and ldap-utils would make an OpenLDAP of it)"
  PEOPLE=$DEMO/people.ldif
  crypted() { printf '{CRYPT}%s' "$(printf '%s' "$1" | openssl passwd -6 -stdin)"; }
  set_password() {
    printf 'dn: uid=%s,ou=people,dc=example,dc=org\nchangetype: modify\nreplace: userPassword\nuserPassword: %s\n-\n\n' "$1" "$(crypted "$2")" >>"$PEOPLE"
  }
  printf 'dn: uid=anna,ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: anna\ncn: Anna Ash\ngivenName: Anna\nsn: Ash\nmail: anna@example.org\nentryUUID: 11111111-2222-4333-8444-555555555501\nuserPassword: %s\n\n' "$(crypted Quiet-Meadow-17)" >"$PEOPLE"
  printf 'dn: uid=bert,ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: bert\ncn: Bert Birch\ngivenName: Bert\nsn: Birch\nmail: bert@example.org\nentryUUID: 11111111-2222-4333-8444-555555555502\nuserPassword: %s\n\n' "$(crypted Misty-Harbour-42)" >>"$PEOPLE"
  printf 'path = %s\nsettleMillis = 100\n' "$PEOPLE" >"$ETC/io.passbridge.connector.ldif-corp.cfg"
  account=
  completed "$PEOPLE"
fi

title "The platform, configured to bring them to Keycloak"
printf 'server = %s\nrealm = corp\nclientId = passbridge\n' "$URL" >"$ETC/io.passbridge.connector.keycloak-idp.cfg"
"$PASSBRIDGE" start >"$DEMO/start.log"
set_account() {
  wait_for "$PASSBRIDGE" exec "account:set $1 --name $2 --secret-file $(secret account "$3")" >>"$DEMO/account.log"
  rm "$DEMO/account"
}
[ -z "$account" ] || set_account corp "$account" "$password"
set_account idp passbridge "$CLIENT_SECRET"
printf 'source = corp\ntarget = idp\naccounts = create\npassThrough = *\n' >"$ETC/io.passbridge.route-corp_idp.cfg"
completed "ready"

title "Signing in at Keycloak's token endpoint, $URL/realms/corp/protocol/openid-connect/token"
check "anna signs in with the password of the directory" wait_for signs_in anna Quiet-Meadow-17
check "bert signs in with his" wait_for signs_in bert Misty-Harbour-42
check "anna with a wrong password is refused" refused anna quiet-meadow-17

title "anna changes her password in the directory"
set_password anna Silver-Lantern-88
began=$(date +%s%N)
wait_for signs_in anna Silver-Lantern-88 || true
completed "she signs in with the new one"
check "anna signs in with the new password" signs_in anna Silver-Lantern-88
check "her old password is refused from now on" refused anna Quiet-Meadow-17

title "Everything is stopped again"
finish
check "nothing answers at $URL any more" eval '! curl -s -o /dev/null "$URL"'
cat <<EOF

Everything is as it should be. Where to look next:
  docs/keycloak-in-ten-minutes.md   the same with your own Keycloak and directory
  $DEMO/passbridge
    etc/       the configuration of both connectors and of the route
    data/log/  the log; no password and no hash is in it
EOF
