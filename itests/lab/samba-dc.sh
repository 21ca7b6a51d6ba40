#!/bin/bash
# Starts and stops a throw-away Samba Active Directory domain controller on a loopback address.
#   LAB=<private folder> [IP=127.0.0.10] [NAME=dc1] [DOMAIN=corp.example] samba-dc.sh up|start|stop|down
#   LAB=<private folder> NAME=dc1 PEER=dc2 samba-dc.sh pull
#   LAB=<private folder> IP=127.0.0.11 NAME=dc2 PEER_LAB=<folder of dc1> PEER_IP=127.0.0.10 samba-dc.sh join
# up     provisions the domain, starts it and fills it with accounts, unless EMPTY is set;
#        with DNS=SAMBA_INTERNAL its names are in a DNS server at port 10053 of IP, with SMB=1 it serves files, too
# join   makes a second controller of the domain of PEER_LAB and starts it
# pull   replicates the changes of the controller PEER into this one, at once
# start  starts what was provisioned before; stop ends it (KILL=1: without warning); down also deletes LAB
# Needs root and Debian's samba-ad-dc samba-ad-provision python3-samba samba-dsdb-modules ldb-tools.
set -euo pipefail
: "${LAB:?set LAB to a private folder}"
IP=${IP:-127.0.0.10}
NAME=${NAME:-dc1}
DOMAIN=${DOMAIN:-corp.example}
REALM=${DOMAIN^^}
WORKGROUP=${REALM%%.*}
BASE="DC=${DOMAIN//./,DC=}"
ADMIN_PASSWORD='Adm1n-Passw0rd!'
CONF=$LAB/dc/etc/smb-lab.conf
export PATH=/usr/sbin:/usr/bin:/sbin:/bin

certificate() {
    mkdir -p "$LAB/tls"
    (
        cd "$LAB/tls"
        openssl req -x509 -newkey rsa:2048 -nodes -days 90 -keyout ca.key -out ca.pem -subj "/CN=Lab CA $NAME"
        openssl req -newkey rsa:2048 -nodes -keyout dc.key -out dc.csr -subj "/CN=$NAME.$DOMAIN"
        printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth\n' "${CERT_NAME:-$NAME.$DOMAIN}" > ext
        openssl x509 -req -in dc.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 90 -extfile ext -out dc.pem
        chmod 600 dc.key
    ) > /dev/null 2>&1
}

base_conf() {
    mkdir -p "$LAB/dc/log" "$LAB/dc/run"
    cat > "$LAB/provision.conf" <<EOF
[global]
	log file = $LAB/dc/log/samba.log
	pid directory = $LAB/dc/run
	ncalrpc dir = $LAB/dc/run/ncalrpc
	winbindd socket directory = $LAB/dc/run/winbindd
	ntp signd socket directory = $LAB/dc/run/ntp_signd
	interfaces = $IP/8
	bind interfaces only = yes
EOF
}

lab_conf() {
    services='rpc, ldap, cldap, kdc'
    [ "${DNS:-NONE}" = NONE ] || services="$services, dns"
    [ -z "${SMB:-}" ] || services="$services, s3fs, winbindd"
    options="\tserver services = $services\n\tdns port = 10053\n\trpc server dynamic port range = 49200-49260\n\ttls keyfile = $LAB/tls/dc.key\n\ttls certfile = $LAB/tls/dc.pem\n\ttls cafile = $LAB/tls/ca.pem"
    sed -E -e "s#^\tserver services = .*#$options#" -e '/dns forwarder/d' "$LAB/dc/etc/smb.conf" > "$CONF"
    grep -q 'server services' "$CONF" || sed -i "s#^\[global\]#[global]\n$options#" "$CONF"
    cat > "$LAB/krb5.conf" <<EOF
[libdefaults]
 default_realm = $REALM
 dns_lookup_realm = false
 dns_lookup_kdc = false
 dns_canonicalize_hostname = false
 rdns = false
 udp_preference_limit = 1
[realms]
 $REALM = {
  kdc = $IP
  kpasswd_server = $IP
 }
[domain_realm]
 .$DOMAIN = $REALM
 $DOMAIN = $REALM
EOF
    printf '127.0.0.1 localhost\n%s %s %s %s\n' "$IP" "$NAME.$DOMAIN" "$NAME" "$DOMAIN" > "$LAB/hosts"
}

serve() {
    # a mount namespace with the lab's own hosts file, where two controllers must find each other
    if [ -f "$LAB/hosts.shared" ]; then
        setsid unshare -m bash -c "mount --bind '$LAB/hosts.shared' /etc/hosts; exec samba -F -M single --no-process-group -s '$CONF'" \
            > "$LAB/dc/log/stdout" 2>&1 < /dev/null &
    elif grep -q winbindd "$CONF" && grep -q s3fs "$CONF"; then
        # who serves files asks winbindd at the place that Samba was built with
        mkdir -p /run/samba/winbindd "$LAB/dc/run/winbindd"
        chmod 755 "$LAB/dc/run/winbindd"
        setsid unshare -m bash -c "mount --bind '$LAB/dc/run/winbindd' /run/samba/winbindd; exec samba -F -M single --no-process-group -s '$CONF'" \
            > "$LAB/dc/log/stdout" 2>&1 < /dev/null &
    else
        setsid samba -F -M single --no-process-group -s "$CONF" > "$LAB/dc/log/stdout" 2>&1 < /dev/null &
    fi
    echo $! > "$LAB/samba.pid"
    for _ in $(seq 1 400); do
        ready=1
        for port in 88 135 389 636 $(grep -q s3fs "$CONF" && echo 445); do
            (exec 3<> "/dev/tcp/$IP/$port") 2> /dev/null || ready=0
        done
        [ $ready = 1 ] && return 0
        kill -0 "$(cat "$LAB/samba.pid")" 2> /dev/null || break
        sleep 0.05
    done
    echo "the controller $NAME did not start; see $LAB/dc/log" >&2
    return 1
}

stop() {
    stop_samba
    # helpers of the file server outlive it
    pgrep -f -- "--configfile=$CONF " | xargs -r kill 2> /dev/null || true
}

stop_samba() {
    pid=$(cat "$LAB/samba.pid")
    kill -"$([ -n "${KILL:-}" ] && echo KILL || echo TERM)" "$pid" 2> /dev/null || return 0
    for _ in $(seq 1 200); do
        kill -0 "$pid" 2> /dev/null || return 0
        sleep 0.05
    done
    kill -KILL "$pid"
}

accounts() {
    sam="-H $LAB/dc/private/sam.ldb -s $CONF"
    samba-tool domain passwordsettings set $sam --complexity=off --min-pwd-length=1 --min-pwd-age=0 --history-length=0 > /dev/null
    for ou in OU=People OU=Sales,OU=People OU=Leavers OU=Services; do
        samba-tool ou create "$ou" $sam > /dev/null
    done
    samba-tool user create alice 'Passw0rd-Alice' --userou=OU=People --given-name=Alice --surname=Ashe --mail-address=alice@$DOMAIN $sam > /dev/null
    samba-tool user create bob 'Passw0rd-Bob' --userou=OU=People $sam > /dev/null
    samba-tool user create carla 'Pä$$wörd-日本' --userou=OU=Sales,OU=People $sam > /dev/null
    samba-tool user create dora "$(printf 'L%.0s' $(seq 1 127))" --userou=OU=People $sam > /dev/null
    samba-tool user create emil '1' --userou=OU=People $sam > /dev/null
    samba-tool user create frank 'Passw0rd-Frank' --userou=OU=People $sam > /dev/null
    samba-tool user disable frank $sam > /dev/null
    samba-tool user create gina 'Passw0rd-Gina' --userou=OU=People --must-change-at-next-login $sam > /dev/null
    samba-tool user create lars 'Passw0rd-Lars' --userou=OU=People $sam > /dev/null
    samba-tool user setexpiry lars --noexpiry $sam > /dev/null
    samba-tool user create quirin --random-password --smartcard-required --userou=OU=People $sam > /dev/null
    samba-tool computer create PC1 $sam > /dev/null
    for account in svc-sync svc-one svc-plain; do
        samba-tool user create "$account" "Secret-of-$account" --userou=OU=Services $sam > /dev/null
    done
    sid() { samba-tool user show "$1" --attributes=objectSid $sam | awk '/objectSid/{print $2}'; }
    sync=$(sid svc-sync)
    one=$(sid svc-one)
    samba-tool dsacl set $sam --objectdn=$BASE --sddl="(OA;;CR;1131f6aa-9c07-11d1-f79f-00c04fc2dcd2;;$sync)(OA;;CR;1131f6ad-9c07-11d1-f79f-00c04fc2dcd2;;$sync)(OA;;CR;1131f6aa-9c07-11d1-f79f-00c04fc2dcd2;;$one)" > /dev/null
}

case "${1:-}" in
    up)
        mkdir -p "$LAB"
        chmod 700 "$LAB"
        base_conf
        samba-tool domain provision -q -s "$LAB/provision.conf" --realm=$REALM --domain="$WORKGROUP" --server-role=dc \
            --dns-backend="${DNS:-NONE}" --adminpass="$ADMIN_PASSWORD" --host-name="$NAME" --host-ip="$IP" \
            --targetdir="$LAB/dc" > "$LAB/provision.out" 2>&1 || { cat "$LAB/provision.out" >&2; exit 1; }
        certificate
        lab_conf
        serve
        [ -n "${EMPTY:-}" ] || accounts
        ;;
    join)
        mkdir -p "$LAB"
        chmod 700 "$LAB"
        base_conf
        printf '\tworkgroup = %s\n\trealm = %s\n\tnetbios name = %s\n' "$WORKGROUP" "$REALM" "$NAME" >> "$LAB/provision.conf"
        printf '127.0.0.1 localhost\n%s %s dc1 %s\n%s %s %s\n' "$PEER_IP" "dc1.$DOMAIN" "$DOMAIN" "$IP" "$NAME.$DOMAIN" "$NAME" > "$LAB/hosts.shared"
        cp "$PEER_LAB/krb5.conf" "$LAB/krb5.conf"
        unshare -m bash -c "mount --bind '$LAB/hosts.shared' /etc/hosts; KRB5_CONFIG='$LAB/krb5.conf' samba-tool domain join $DOMAIN DC -s '$LAB/provision.conf' \
            --server=dc1.$DOMAIN --dns-backend=NONE --targetdir='$LAB/dc' -U '$WORKGROUP\\Administrator%$ADMIN_PASSWORD'" > "$LAB/join.out" 2>&1 || { cat "$LAB/join.out" >&2; exit 1; }
        certificate
        lab_conf
        cp "$LAB/hosts.shared" "$PEER_LAB/hosts.shared"
        LAB=$PEER_LAB IP=$PEER_IP NAME=dc1 "$0" stop
        LAB=$PEER_LAB IP=$PEER_IP NAME=dc1 "$0" start
        serve
        ;;
    pull)
        unshare -m bash -c "mount --bind '$LAB/hosts.shared' /etc/hosts; samba-tool drs replicate $NAME.$DOMAIN ${PEER:?name the other controller}.$DOMAIN $BASE \
            --local --use-kerberos=off -U '$WORKGROUP\\Administrator%$ADMIN_PASSWORD' -s '$CONF'"
        ;;
    start) serve ;;
    stop) stop ;;
    down)
        [ -f "$LAB/samba.pid" ] && stop
        rm -rf "$LAB"
        ;;
    *)
        sed -n '2,12s/^# \{0,1\}//p' "$0" >&2
        exit 1
        ;;
esac
