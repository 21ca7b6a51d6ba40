/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.entry;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.ServerKind;
import io.passbridge.times.DirectoryTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How old passwords may be at one moment: {@code pwdMaxAge} of the policy that an entry names
 * ({@code pwdPolicySubentry}), or of the one that is configured for all others. Servers do not tell
 * their default policy to everybody, so that without a configured one it is not guessed.
 */
public final class PasswordAges {
    static final String POLICY = "pwdPolicySubentry";

    /** No policy is known. */
    public static final PasswordAges NONE = new PasswordAges(Map.of(), 0);

    private static final String AGE = "pwdMaxAge";

    private final Map<String, Long> seconds;
    private final long usual;

    private PasswordAges(Map<String, Long> seconds, long usual) {
        this.seconds = seconds;
        this.usual = usual;
    }

    /**
     * Reads the policies that the account sees.
     *
     * @param usual distinguished name of the policy of those who name none, or empty
     */
    public static PasswordAges read(LDAPInterface directory, ServerFacts facts, String usual)
            throws LDAPException {
        if (facts.kind() == ServerKind.DIRECTORY_389) {
            // it writes each expiry into the entry
            return NONE;
        }
        Map<String, Long> seconds = new HashMap<>();
        for (String tree : facts.contexts()) {
            try {
                for (SearchResultEntry policy :
                        directory
                                .search(
                                        tree,
                                        SearchScope.SUB,
                                        "(&(objectClass=pwdPolicy)(" + AGE + ">=1))",
                                        AGE)
                                .getSearchEntries()) {
                    seconds.put(
                            DN.normalize(policy.getDN()),
                            Objects.requireNonNullElse(policy.getAttributeValueAsLong(AGE), 0L));
                }
            } catch (LDAPException e) {
                if (!e.getResultCode().isConnectionUsable()) {
                    throw e;
                }
            }
        }
        return seconds.isEmpty()
                ? NONE
                : new PasswordAges(
                        seconds,
                        usual.isEmpty() ? 0 : seconds.getOrDefault(DN.normalize(usual), 0L));
    }

    /** The ages that are in force, in seconds, with what those match for whom each is. */
    public Map<Filter, Long> seconds() {
        Map<Filter, Long> ages = new HashMap<>();
        seconds.forEach(
                (policy, age) -> ages.put(Filter.createEqualityFilter(POLICY, policy), age));
        if (usual > 0) {
            ages.put(Filter.createNOTFilter(Filter.createPresenceFilter(POLICY)), usual);
        }
        return ages;
    }

    /**
     * Whether an entry's password is older than its policy permits.
     *
     * @param now FILETIME
     */
    boolean isExpired(Entry entry, long now) {
        if (seconds.isEmpty()) {
            return false;
        }
        OptionalLong set = EntryTimes.password(entry);
        long age = age(entry);
        return age > 0
                && set.isPresent()
                && set.getAsLong() + age * DirectoryTime.TICKS_PER_SECOND <= now;
    }

    private long age(Entry entry) {
        String policy = entry.getAttributeValue(POLICY);
        try {
            return policy == null ? usual : seconds.getOrDefault(DN.normalize(policy), 0L);
        } catch (LDAPException e) {
            return 0;
        }
    }
}
