#!/bin/bash
# A throw-away Kerberos realm EXAMPLE.ORG on loopback, of MIT's key distribution centre.
# usage: LAB=<private folder> KDC_PORT=<free port> kerberos.sh VERB
#   up     makes the realm with sync@EXAMPLE.ORG (password sync-secret), writer@EXAMPLE.ORG (writer-secret) and
#          ldap/localhost, and starts the centre
#   down   stops it, if it runs
# $LAB/krb5.conf is for clients; $LAB/sync.keytab and $LAB/ldap.keytab are the key tables of the two.
set -euo pipefail
: "${LAB:?}"
export KRB5_CONFIG=$LAB/krb5.conf KRB5_KDC_PROFILE=$LAB/kdc.conf
PATH=$PATH:/usr/sbin

conf() {
  cat > "$KRB5_CONFIG" <<EOF
[libdefaults]
  default_realm = EXAMPLE.ORG
  dns_lookup_kdc = false
  rdns = false
  udp_preference_limit = 1
[realms]
  EXAMPLE.ORG = {
    kdc = 127.0.0.1:$KDC_PORT
  }
EOF
  cat > "$KRB5_KDC_PROFILE" <<EOF
[kdcdefaults]
  kdc_listen = 127.0.0.1:$KDC_PORT
  kdc_tcp_listen = 127.0.0.1:$KDC_PORT
[realms]
  EXAMPLE.ORG = {
    database_name = $LAB/principal
    key_stash_file = $LAB/stash
    acl_file = $LAB/acl
    supported_enctypes = aes256-cts:normal
  }
EOF
}

up() {
  : "${KDC_PORT:?}"
  mkdir -p "$LAB"
  conf
  {
    kdb5_util create -s -P master-secret
    kadmin.local <<EOF
addprinc -pw sync-secret sync
addprinc -pw writer-secret writer
addprinc -randkey ldap/localhost
ktadd -norandkey -k $LAB/sync.keytab sync
ktadd -k $LAB/ldap.keytab ldap/localhost
EOF
  } > "$LAB/setup.out" 2>&1 || { cat "$LAB/setup.out" >&2; return 1; }
  krb5kdc -P "$LAB/kdc.pid" > "$LAB/kdc.out" 2>&1
  for _ in $(seq 1 200); do
    (exec 3<>"/dev/tcp/127.0.0.1/$KDC_PORT") 2>/dev/null && return 0
    sleep 0.05
  done
  cat "$LAB/kdc.out" >&2
  return 1
}

down() {
  local pid
  pid=$(cat "$LAB/kdc.pid" 2>/dev/null) || return 0
  kill "$pid" 2>/dev/null || true
}

case $1 in
  up | down) "$1" ;;
  *) echo "usage: $0 up|down" >&2; exit 1 ;;
esac
