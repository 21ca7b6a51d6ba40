#!/bin/sh
# Kills the platform at random instants of full runs, many times, and checks every user's password.
# Usage: itests/kill.sh [USERS [KILLS [SEED]]]; 20000 users and 30 kills if not given.
# The store alone, killed 200 times, also on a full disk: docs/decisions/0100.
# The distribution has to be built: ./run or mvn package.
set -eu
cd "$(dirname "$0")/.."
seed=${3:+-Dkill.seed=$3}
exec mvn -q -pl itests/distribution -am verify -Dspotless.check.skip -DskipTests=false \
    -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
    -Dit.test=KillIT -Dfailsafe.failIfNoSpecifiedTests=false \
    -Dkill.users="${1:-20000}" -Dkill.kills="${2:-30}" ${seed:-}
