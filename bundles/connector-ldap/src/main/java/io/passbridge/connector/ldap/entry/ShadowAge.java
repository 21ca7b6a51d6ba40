/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.entry;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import io.passbridge.times.DirectoryTime;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long a password may be used as {@code shadowAccount} says (RFC 2307, shadow(5)): {@code
 * shadowMax} days after the day {@code shadowLastChange}; and {@code shadowInactive} days later
 * nobody may sign in with it any more, not even to change it.
 *
 * <p>The second is written by the tools of Unix systems. The server itself does not, so that
 * somebody whose password was changed otherwise would stay expired for ever: the time at which the
 * server says that the password was set counts, if it is later.
 */
public final class ShadowAge {
    static final String CHANGED = "shadowLastChange";
    static final String MOST = "shadowMax";
    static final String INACTIVE = "shadowInactive";

    /** What is read of an entry. */
    public static final List<String> ATTRIBUTES =
            List.of(CHANGED, MOST, INACTIVE, "pwdChangedTime", "pwdUpdateTime");

    /** Whose password may end one day; the most usual ways to say 'never' are left out. */
    public static final Filter LIMITED =
            Filter.createANDFilter(
                    Filter.createPresenceFilter(CHANGED),
                    Filter.createPresenceFilter(MOST),
                    Filter.createNOTFilter(Filter.createEqualityFilter(MOST, "99999")),
                    Filter.createNOTFilter(Filter.createEqualityFilter(MOST, "-1")));

    /** From here on it means 'never'. */
    private static final long NO_LIMIT = 10_000;

    private static final long TICKS_PER_DAY = 86_400 * DirectoryTime.TICKS_PER_SECOND;

    private ShadowAge() {}

    /** Whether another password is to be chosen at the next sign-in. */
    static boolean mustChange(Entry entry) {
        return "0".equals(entry.getAttributeValue(CHANGED));
    }

    /** The first moment at which the password is too old, FILETIME; empty if it never is. */
    public static OptionalLong end(Entry entry) {
        OptionalLong changed = days(entry, CHANGED);
        OptionalLong most = days(entry, MOST);
        if (changed.orElse(0) <= 0 || most.orElse(NO_LIMIT) >= NO_LIMIT || most.getAsLong() < 0) {
            return OptionalLong.empty();
        }
        OptionalLong day = DirectoryTime.ofEpochDays(Long.toString(changed.getAsLong()));
        if (day.isEmpty()) {
            return OptionalLong.empty();
        }
        long set = EntryTimes.password(entry).orElse(0);
        long last = Math.max(day.getAsLong(), set - set % TICKS_PER_DAY);
        return OptionalLong.of(last + (most.getAsLong() + 1) * TICKS_PER_DAY);
    }

    /** The first moment at which the account is closed, FILETIME; empty if it never is. */
    public static OptionalLong closing(Entry entry) {
        OptionalLong end = end(entry);
        long inactive = days(entry, INACTIVE).orElse(-1);
        return end.isEmpty() || inactive < 0 || inactive >= NO_LIMIT
                ? OptionalLong.empty()
                : OptionalLong.of(end.getAsLong() + inactive * TICKS_PER_DAY);
    }

    private static OptionalLong days(Entry entry, String attribute) {
        String text = entry.getAttributeValue(attribute);
        return text == null ? OptionalLong.empty() : DirectoryTime.number(text);
    }
}
