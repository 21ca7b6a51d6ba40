#!/bin/bash
# A throw-away rsyslog on loopback that receives over TLS and writes each message as a line to $LAB/received.log.
# usage: LAB=<private folder> PORT=<free port> rsyslog.sh VERB
#   up     makes certificates ($LAB/ca.pem signs the one of localhost) and starts it
#   start  starts it again
#   kill   ends it without a warning
#   down   ends it, if it runs
# Needs Debian's rsyslog, rsyslog-gnutls and openssl.
set -euo pipefail
: "${LAB:?}"

certificates() {
  cd "$LAB"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -subj '/CN=Lab authority' -days 60
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr -subj /CN=localhost
  openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 60 -out server.pem \
    -extfile <(echo 'subjectAltName=DNS:localhost,IP:127.0.0.1')
}

start() {
  : "${PORT:?}"
  cat > "$LAB/rsyslog.conf" <<EOF
global(workDirectory="$LAB" maxMessageSize="16k"
       defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="$LAB/ca.pem"
       defaultNetstreamDriverCertFile="$LAB/server.pem" defaultNetstreamDriverKeyFile="$LAB/server.key")
module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon")
template(name="raw" type="string" string="%rawmsg%\n")
input(type="imtcp" address="127.0.0.1" port="$PORT" ruleset="write")
ruleset(name="write") { action(type="omfile" file="$LAB/received.log" template="raw") }
EOF
  rsyslogd -f "$LAB/rsyslog.conf" -i "$LAB/rsyslog.pid" > "$LAB/rsyslog.out" 2>&1
  for _ in $(seq 100); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then return; fi
    sleep 0.1
  done
  cat "$LAB/rsyslog.out" >&2
  exit 1
}

end() {
  [ -e "$LAB/rsyslog.pid" ] || return 0
  local pid
  pid=$(cat "$LAB/rsyslog.pid")
  kill "-$1" "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
  rm -f "$LAB/rsyslog.pid"
}

case ${1:?verb} in
  up) certificates > "$LAB/openssl.out" 2>&1; start ;;
  start) start ;;
  kill) end KILL ;;
  down) end TERM ;;
  *) echo "no verb '$1'" >&2; exit 1 ;;
esac
