/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.util.StaticUtils;
import io.passbridge.connector.ldap.entry.PasswordAges;
import io.passbridge.connector.ldap.entry.People;
import io.passbridge.connector.ldap.entry.ShadowAge;
import io.passbridge.connector.ldap.settings.Scope;
import io.passbridge.times.DirectoryTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
    private static final long SECONDS_A_DAY = 86_400;

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
        List<String> anchor = List.of(people.anchors().attribute());
        search(anchor, filter(from, to, people.ages()), entry -> true, found);
        if (day(from) < day(to)) {
            List<String> attributes = new ArrayList<>(anchor);
            attributes.addAll(ShadowAge.ATTRIBUTES);
            search(attributes, ShadowAge.LIMITED, entry -> endsBetween(entry, from, to), found);
        }
        return found;
    }

    /** No filter adds two numbers, so that the server cannot choose. */
    private static boolean endsBetween(Entry entry, Instant from, Instant to) {
        return Stream.of(ShadowAge.end(entry), ShadowAge.closing(entry))
                .flatMapToLong(OptionalLong::stream)
                .anyMatch(end -> end > DirectoryTime.of(from) && end <= DirectoryTime.of(to));
    }

    private void search(
            List<String> attributes, Filter filter, Predicate<Entry> chosen, Set<UUID> found)
            throws LDAPException {
        String[] names = attributes.toArray(String[]::new);
        for (String base : scope.bases()) {
            PagedSearch search =
                    new PagedSearch(
                            directory,
                            new Query(base, scope.filter(), names).with(filter),
                            pageSize);
            Optional<SearchResultEntry> entry = search.next();
            while (entry.isPresent()) {
                if (chosen.test(entry.get())) {
                    people.anchors().of(entry.get()).ifPresent(found::add);
                }
                entry = search.next();
            }
        }
    }

    private static long day(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS_A_DAY);
    }

    private static Filter filter(Instant from, Instant to, PasswordAges ages) {
        List<Filter> any = new ArrayList<>();
        long last = day(to);
        long first = day(from) + 1;
        // shadowExpire has no order in its schema (RFC 2307), but whole days
        for (long day = Math.max(first, last - MOST_DAYS); day <= last; day++) {
            any.add(Filter.createEqualityFilter("shadowExpire", Long.toString(day)));
        }
        for (String attribute : TIMES) {
            any.add(between(attribute, from, to, 0));
        }
        ages.seconds()
                .forEach(
                        (whose, seconds) ->
                                any.add(
                                        Filter.createANDFilter(
                                                whose,
                                                between("pwdChangedTime", from, to, seconds))));
        return Filter.createORFilter(any);
    }

    private static Filter between(String attribute, Instant from, Instant to, long ago) {
        return Filter.createANDFilter(
                Filter.createLessOrEqualFilter(attribute, text(to.minusSeconds(ago))),
                Filter.createNOTFilter(
                        Filter.createLessOrEqualFilter(attribute, text(from.minusSeconds(ago)))));
    }

    private static String text(Instant time) {
        return StaticUtils.encodeGeneralizedTime(time.toEpochMilli()).replaceAll("\\.\\d+Z", "Z");
    }
}
