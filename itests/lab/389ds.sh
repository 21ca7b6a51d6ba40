#!/bin/bash
# A throw-away 389 Directory Server on loopback, without dscreate and systemd: nothing outside of $LAB is touched.
# usage: LAB=<private folder> PORT=<free port> 389ds.sh VERB
#   up     starts ns-slapd over an empty directory with content synchronisation and the retro changelog
#   start  starts it again over what is there
#   stop   stops it
#   kill   ends it without a warning
#   down   stops it, if it runs
# SYNC=none leaves content synchronisation and the changelog off, SYNC=retro and retro-ids content synchronisation alone: the
# account cn=sync may read the changelog then, which tells identifiers of entries with log and retro-ids only. Root is given up for the account dirsrv.
set -euo pipefail
: "${LAB:?}"
DATA=/usr/share/dirsrv/data
CONF=$LAB/conf
TREE=dc=example,dc=org
SCHEMA=$(cd "$(dirname "$0")" && pwd)/../../distribution/src/main/samples/ldap/98passbridge.ldif

user() { [ "$(id -u)" = 0 ] && echo dirsrv || id -un; }

up() {
  : "${PORT:?}"
  mkdir -p "$CONF" "$LAB"/{lock,tmp,cert,ldif,bak,run,inst,log,db}
  sed -e "s#%schema_dir%#$CONF/schema#; s#%lock_dir%#$LAB/lock#; s#%tmp_dir%#$LAB/tmp#; s#%cert_dir%#$LAB/cert#" \
    -e "s#%ldif_dir%#$LAB/ldif#; s#%bak_dir%#$LAB/bak#; s#%run_dir%#$LAB/run#; s#%inst_dir%#$LAB/inst#" \
    -e "s#%log_dir%#$LAB/log#; s#%fqdn%#localhost#; s#%ds_port%#$PORT\nnsslapd-listenhost: 127.0.0.1#" \
    -e "s#%ds_user%#$(user)#; s#%rootdn%#cn=Directory Manager#; s#%ds_passwd%#$(pwdhash -s SSHA512 manager-secret)#" \
    -e "s#%ldapi_enabled%#off#; s#%ldapi%#$LAB/run/ldapi#; s#%ldapi_autobind%#off#" \
    -e "s#%config_dir%#$CONF#; s#%db_dir%#$LAB/db#; s#%db_home_dir%#$LAB/db#; s#%db_lib%#bdb#" \
    -e "s#%instance_name%#lab#; s#%ds_suffix%#$TREE#" "$DATA/template-dse.ldif" |
    awk -v sync="${SYNC:-log}" '
      /^dn:/ { wanted = /^dn: cn=(Retro Changelog Plugin|Content Synchronization),/ ; retro = /Retro/ }
      wanted && tolower($1) == "nsslapd-pluginenabled:" { print $1, sync == "log" || sync ~ /^retro/ && retro ? "on" : "off"; if (retro && sync != "retro") print "nsslapd-attribute: nsuniqueid:targetUniqueId"; next }
      NF || filled { print } { filled = NF }' > "$CONF/dse.ldif"
  cp -r /etc/dirsrv/schema "$CONF/schema"
  cp "$SCHEMA" "$CONF/schema"
  cp /etc/dirsrv/config/slapd-collations.conf /etc/dirsrv/config/certmap.conf "$CONF"
  cat >> "$CONF/dse.ldif" <<EOF
dn: cn=userRoot,cn=ldbm database,cn=plugins,cn=config
objectClass: top
objectClass: extensibleObject
objectClass: nsBackendInstance
cn: userRoot
nsslapd-suffix: $TREE

dn: cn="$TREE",cn=mapping tree,cn=config
objectClass: top
objectClass: extensibleObject
objectClass: nsMappingTree
cn: "$TREE"
nsslapd-state: backend
nsslapd-backend: userRoot
EOF
  [ "$(id -u)" != 0 ] || chown -R dirsrv "$LAB"
  start
  ldapadd -x -H "ldap://127.0.0.1:$PORT" -D 'cn=Directory Manager' -w manager-secret >/dev/null <<EOF
dn: $TREE
objectClass: domain
dc: example
aci: (targetattr != "userPassword || aci")(version 3.0; acl "read"; allow (read, search, compare) userdn="ldap:///all";)
aci: (targetattr = "userPassword")(version 3.0; acl "sync"; allow (read, search, compare) userdn="ldap:///cn=sync,$TREE";)
aci: (targetattr = "* || userPassword || nsAccountLock")(version 3.0; acl "writer"; allow (all) userdn="ldap:///cn=writer,$TREE";)

dn: ou=people,$TREE
objectClass: organizationalUnit
ou: people

dn: ou=elsewhere,$TREE
objectClass: organizationalUnit
ou: elsewhere

dn: cn=sync,$TREE
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: sync
userPassword: sync-secret
nsSizeLimit: -1
nsLookThroughLimit: -1
nsIDListScanLimit: -1

dn: cn=writer,$TREE
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: writer
userPassword: writer-secret
EOF
  ldapmodify -x -H "ldap://127.0.0.1:$PORT" -D 'cn=Directory Manager' -w manager-secret >/dev/null <<EOF
dn: cn=config
changetype: modify
replace: passwordAdminDN
passwordAdminDN: cn=writer,$TREE
EOF
  [[ "${SYNC:-log}" != retro* ]] ||
    ldapmodify -x -H "ldap://127.0.0.1:$PORT" -D 'cn=Directory Manager' -w manager-secret >/dev/null <<EOF
dn: cn=changelog
changetype: modify
add: aci
aci: (targetattr != "changes")(version 3.0; acl "sync"; allow (read, search, compare) userdn="ldap:///cn=sync,$TREE";)
EOF
}

start() {
  ns-slapd -D "$CONF" -i "$LAB/run/pid" >"$LAB/start.out" 2>&1 </dev/null
  for _ in $(seq 1 400); do
    (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null && return 0
    sleep 0.05
  done
  cat "$LAB/start.out" "$LAB/log/errors" >&2
  return 1
}

stop() {
  local pid
  pid=$(cat "$LAB/run/pid" 2>/dev/null) || return 0
  kill -"${1:-TERM}" "$pid" 2>/dev/null || return 0
  for _ in $(seq 1 400); do
    kill -0 "$pid" 2>/dev/null || { rm -f "$LAB/run/pid"; return 0; }
    sleep 0.05
  done
  return 1
}

case $1 in
  kill) stop KILL ;;
  down) stop ;;
  up | start | stop) "$1" ;;
  *) echo "usage: $0 up|start|stop|kill|down" >&2; exit 1 ;;
esac
