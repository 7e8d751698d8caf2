#!/usr/bin/env bash
# Keeps a service running: a blocked access may end it, and then it is started again.
#   supervise.sh COMMAND ARGUMENT...
# Not started again are a service that was told to stop (0), and one that refuses its configuration (2) or this machine (3). One that ends
# five times within a minute is left alone: whoever attacks it that often gets an outage, and the operator a reason to look.
set -u

most=5
within=60
started=()
service=
stopping=

stop() {
  stopping=1
  [[ -z $service ]] || kill -TERM "$service" 2>/dev/null
}
trap stop TERM INT

while [[ -z $stopping ]]; do
  started+=("$SECONDS")
  "$@" &
  service=$!
  wait "$service"
  status=$?
  # A signal to this script ends the first wait; the service has not ended then.
  [[ -n $stopping ]] && { wait "$service"; exit $?; }

  case $status in
    0 | 2 | 3) exit "$status" ;;
  esac
  if ((${#started[@]} >= most && SECONDS - started[-most] < within)); then
    echo "supervise: the service ended $most times within $within s, the last time with $status; it stays down." >&2
    exit "$status"
  fi
  echo "supervise: the service ended with $status; it is started again." >&2
done
