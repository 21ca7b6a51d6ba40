#!/bin/bash
# A throw-away OpenLDAP server on loopback.
# usage: LAB=<private folder> PORT=<free port> [TLS_PORT=<free port>] [KDC_PORT=<free port>] [SYNC=log|nolog|none]
#        [MODULES=<password modules>] [CIPHERS=<priority string of GnuTLS>] openldap.sh VERB
#   up     starts slapd over an empty directory with the password-policy, audit-log and sync-provider overlays
#   start  starts it again over what is there
#   stop   stops it
#   kill   ends it without a warning
#   dump   writes the directory to $LAB/dump.ldif as slapcat does, complete or not at all
#   load   adds the people of the LDIF on stdin while the server stands still
#   down   stops it, if it runs
# The audit log is appended to $LAB/live.ldif by slapd itself. SYNC=nolog keeps no session log, none has no sync
# provider. MODULES= (none) also hashes what the server takes for clear text. Certificates are in $LAB/tls: ca.pem signs good.pem, short.pem (an RSA key of 1024 bits), expired.pem and
# stranger.pem (of another host);
# client.pem belongs to the account cn=sync. $LAB/tls/server.pem is a link to the one that is shown.
# The server listens on the Unix-domain socket $LAB/ldapi, too, where the account that runs it is cn=sync.
# With KDC_PORT it signs in by Kerberos (kerberos.sh makes the realm): sync@EXAMPLE.ORG is cn=sync, and so is writer.
set -euo pipefail
: "${LAB:?}"
CONF=$LAB/slapd.conf
HERE=$(cd "$(dirname "$0")" && pwd)
SCHEMA=$HERE/../../distribution/src/main/samples/ldap/passbridge.schema

certificate() {
  local name=$1 subject=$2 alternative=$3 days=$4 key=(${5:-ec -pkeyopt ec_paramgen_curve:P-256})
  openssl req -newkey "${key[@]}" -nodes -keyout "$name.key" -out "$name.csr" -subj "$subject"
  openssl x509 -req -in "$name.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$days" -out "$name.pem" \
    -extfile <(echo "subjectAltName=$alternative")
}

certificates() {
  mkdir -p "$LAB/tls"
  cd "$LAB/tls"
  {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -subj '/CN=Lab authority' -days 60
    certificate good /CN=localhost DNS:localhost,IP:127.0.0.1 60
    certificate short /CN=localhost DNS:localhost,IP:127.0.0.1 60 rsa:1024
    certificate expired /CN=localhost DNS:localhost,IP:127.0.0.1 -1
    certificate stranger /CN=elsewhere.example DNS:elsewhere.example 60
    certificate client /CN=sync-client DNS:sync-client 60
  } >openssl.out 2>&1
  ln -s good.pem server.pem
  ln -s good.key server.key
}

conf() {
  cat > "$CONF" <<EOF
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/inetorgperson.schema
include $SCHEMA
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
moduleload auditlog
moduleload syncprov
$(for module in ${MODULES-pw-sha2 pw-pbkdf2 argon2}; do [ -e "/usr/lib/ldap/$module.la" ] && echo "moduleload $module"; done)
pidfile $LAB/slapd.pid
$(if [ -d "$LAB/tls" ]; then
    echo "TLSCACertificateFile $LAB/tls/ca.pem"
    echo "TLSCertificateFile $LAB/tls/server.pem"
    echo "TLSCertificateKeyFile $LAB/tls/server.key"
    echo "TLSVerifyClient try"
    [ -z "${CIPHERS:-}" ] || echo "TLSCipherSuite $CIPHERS"
  fi)
$([ -z "${KDC_PORT:-}" ] || echo "sasl-host localhost")
authz-regexp "^cn=sync-client\$" "cn=sync,dc=example,dc=org"
authz-regexp "^uid=(sync|writer),cn=gssapi,cn=auth\$" "cn=\$1,dc=example,dc=org"
authz-regexp "^gidNumber=$(id -g).uidNumber=$(id -u),cn=peercred,cn=external,cn=auth\$" "cn=sync,dc=example,dc=org"
database mdb
suffix dc=example,dc=org
rootdn cn=admin,dc=example,dc=org
rootpw admin
directory $LAB/db
maxsize 268435456
index objectClass,uid,entryUUID,entryCSN,passbridgeAnchor eq
limits dn.exact="cn=sync,dc=example,dc=org" size=unlimited time=unlimited
limits dn.exact="cn=limited,dc=example,dc=org" size=2
access to dn.regex="^uid=.+,ou=.+,ou=people,dc=example,dc=org\$"
  by dn.exact="cn=blind,dc=example,dc=org" none
  by * break
access to dn.subtree="ou=people,dc=example,dc=org"
  by dn.exact="cn=narrow,dc=example,dc=org" write
  by * break
access to attrs=userPassword
  by dn.exact="cn=sync,dc=example,dc=org" read
  by dn.exact="cn=limited,dc=example,dc=org" read
  by dn.exact="cn=writer,dc=example,dc=org" write
  by anonymous auth
  by self =w
  by * none
access to *
  by dn.exact="cn=writer,dc=example,dc=org" write
  by users read
  by * none
overlay ppolicy
ppolicy_default cn=default,dc=example,dc=org
$([ -n "${MODULES-more}" ] || echo ppolicy_hash_cleartext)
$([ "${SYNC:-log}" = none ] || echo "overlay syncprov")
$([ "${SYNC:-log}" = log ] && echo "syncprov-sessionlog 100000")
overlay auditlog
auditlog $LAB/live.ldif
EOF
}

account() {
  cat <<EOF

dn: cn=$1,dc=example,dc=org
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: $1
userPassword: $(slappasswd -s "$2")
EOF
}

up() {
  : "${PORT:?}"
  mkdir -p "$LAB/db"
  [ -z "${TLS_PORT:-}" ] || (certificates)
  [ -z "${KDC_PORT:-}" ] || LAB=$LAB/krb "$HERE/kerberos.sh" up
  conf
  { cat <<EOF
dn: dc=example,dc=org
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: ou=people,dc=example,dc=org
objectClass: organizationalUnit
ou: people

dn: ou=elsewhere,dc=example,dc=org
objectClass: organizationalUnit
ou: elsewhere

dn: cn=default,dc=example,dc=org
objectClass: device
objectClass: pwdPolicy
cn: default
pwdAttribute: userPassword
pwdLockout: TRUE
EOF
    account sync sync-secret
    account limited limited-secret
    account blind blind-secret
    account writer writer-secret
    account narrow narrow-secret
  } | slapadd -q -w -f "$CONF"
  start
}

start() {
  conf
  local urls="ldap://127.0.0.1:$PORT/ ldapi://${LAB//\//%2F}%2Fldapi"
  [ -z "${TLS_PORT:-}" ] || urls="$urls ldaps://127.0.0.1:$TLS_PORT/"
  export KRB5_CONFIG=$LAB/krb/krb5.conf KRB5_KTNAME=$LAB/krb/ldap.keytab
  setsid slapd -f "$CONF" -h "$urls" -d 0 >"$LAB/slapd.out" 2>&1 </dev/null &
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

stop() {
  local pid
  pid=$(cat "$LAB/slapd.pid" 2>/dev/null) || return 0
  kill -"${1:-TERM}" "$pid" 2>/dev/null || return 0
  for _ in $(seq 1 200); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.05
  done
  return 1
}

case $1 in
  kill) stop KILL ;;
  down)
    [ ! -d "$LAB/krb" ] || LAB=$LAB/krb "$HERE/kerberos.sh" down
    stop
    ;;
  load) stop; slapadd -q -w -f "$CONF"; start ;;
  up | start | stop | dump) "$1" ;;
  *) echo "usage: $0 up|start|stop|kill|dump|load|down" >&2; exit 1 ;;
esac
