#!/bin/bash
# A throw-away OpenLDAP server on loopback.
# usage: LAB=<private folder> PORT=<free port> openldap.sh up|dump|down
#   up    starts slapd over an empty directory with the password-policy and audit-log overlays
#   dump  writes the directory to $LAB/dump.ldif as slapcat does, complete or not at all
#   down  stops it
# The audit log is appended to $LAB/live.ldif by slapd itself.
set -euo pipefail
: "${LAB:?}"
CONF=$LAB/slapd.conf

up() {
  : "${PORT:?}"
  mkdir -p "$LAB/db"
  cat > "$CONF" <<EOF
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
moduleload auditlog
pidfile $LAB/slapd.pid
database mdb
suffix dc=example,dc=org
rootdn cn=admin,dc=example,dc=org
rootpw admin
directory $LAB/db
maxsize 268435456
overlay ppolicy
ppolicy_default cn=default,dc=example,dc=org
overlay auditlog
auditlog $LAB/live.ldif
EOF
  slapadd -q -f "$CONF" <<EOF
dn: dc=example,dc=org
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: ou=people,dc=example,dc=org
objectClass: organizationalUnit
ou: people

dn: cn=default,dc=example,dc=org
objectClass: device
objectClass: pwdPolicy
cn: default
pwdAttribute: userPassword
EOF
  setsid slapd -f "$CONF" -h "ldap://127.0.0.1:$PORT/" -d 0 >"$LAB/slapd.out" 2>&1 </dev/null &
  for _ in $(seq 1 200); do
    (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null && return 0
    sleep 0.05
  done
  cat "$LAB/slapd.out" >&2
  return 1
}

dump() {
  slapcat -f "$CONF" > "$LAB/dump.new"
  mv "$LAB/dump.new" "$LAB/dump.ldif"
}

down() {
  local pid
  pid=$(cat "$LAB/slapd.pid" 2>/dev/null) || return 0
  kill -TERM "$pid" 2>/dev/null || return 0
  for _ in $(seq 1 200); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.05
  done
  return 1
}

"$1"
