/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.util.StaticUtils;
import io.passbridge.connector.ldap.entry.People;
import io.passbridge.connector.ldap.settings.Scope;
import io.passbridge.times.DirectoryTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds users whose account or password has expired since the last look: time passes without a
 * change of the entry, and no server tells.
 */
final class Expiries {
    /** How long an expiry may go unnoticed, in seconds. */
    private static final long EVERY_SECONDS = 600;

    private static final List<String> TIMES =
            List.of("pwdEndTime", "krbPrincipalExpiration", "passwordExpirationTime");
    private static final long MOST_DAYS = 400;

    private final LDAPInterface directory;
    private final Scope scope;
    private final People people;
    private final int pageSize;

    Expiries(LDAPInterface directory, Scope scope, People people, int pageSize) {
        this.directory = directory;
        this.scope = scope;
        this.people = people;
        this.pageSize = pageSize;
    }

    /**
     * Whether it is time for another look.
     *
     * @param lookedAt FILETIME of the last one
     */
    static boolean isDue(long lookedAt, Instant now) {
        return DirectoryTime.of(now) - lookedAt >= EVERY_SECONDS * DirectoryTime.TICKS_PER_SECOND;
    }

    /** Whose time has come between two moments. */
    Set<UUID> between(Instant from, Instant to) throws LDAPException {
        Set<UUID> found = new HashSet<>();
        for (String base : scope.bases()) {
            PagedSearch search =
                    new PagedSearch(
                            directory,
                            new Query(base, scope.filter(), people.anchors().attribute())
                                    .with(filter(from, to)),
                            pageSize);
            Optional<SearchResultEntry> entry = search.next();
            while (entry.isPresent()) {
                people.anchors().of(entry.get()).ifPresent(found::add);
                entry = search.next();
            }
        }
        return found;
    }

    private static Filter filter(Instant from, Instant to) {
        List<Filter> any = new ArrayList<>();
        long last = to.truncatedTo(ChronoUnit.DAYS).getEpochSecond() / 86_400;
        long first = from.truncatedTo(ChronoUnit.DAYS).getEpochSecond() / 86_400 + 1;
        // shadowExpire has no order in its schema (RFC 2307), but whole days
        for (long day = Math.max(first, last - MOST_DAYS); day <= last; day++) {
            any.add(Filter.createEqualityFilter("shadowExpire", Long.toString(day)));
        }
        for (String attribute : TIMES) {
            any.add(
                    Filter.createANDFilter(
                            Filter.createLessOrEqualFilter(attribute, text(to)),
                            Filter.createNOTFilter(
                                    Filter.createLessOrEqualFilter(attribute, text(from)))));
        }
        return Filter.createORFilter(any);
    }

    private static String text(Instant time) {
        return StaticUtils.encodeGeneralizedTime(time.toEpochMilli()).replaceAll("\\.\\d+Z", "Z");
    }
}
