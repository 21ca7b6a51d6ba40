#!/bin/sh
# Copyright the Passbridge authors.
# SPDX-License-Identifier: Apache-2.0
#
# Builds the present tree again in another folder and compares every jar of ours and the archives
# byte by byte with what is in target/ now.
set -u
cd "$(dirname "$0")/.." || exit 2
again=$(mktemp -d)
trap 'rm -rf "$again"' EXIT INT TERM

git ls-files -z --cached --others --exclude-standard | tar cf - --null -T - | tar xf - -C "$again" || exit 2
(cd "$again" && mvn -B -q -pl distribution -am -DskipTests -Dspotless.check.skip package) || exit 2

status=0
count=0
for file in $(cd "$again" && find . -path '*/target/*' \( -name '*passbridge*.jar' -o -name 'passbridge-*.tar.gz' -o -name 'passbridge-*.zip' -o -name 'passbridge_*.deb' \) -not -path '*/bundles/[0-9]*' -not -path '*/lib/*'); do
    count=$((count + 1))
    if ! cmp -s "$file" "$again/$file"; then
        echo "differs: $file"
        status=2
    fi
done
echo "$count files compared"
[ "$count" -gt 5 ] || status=2
exit $status
