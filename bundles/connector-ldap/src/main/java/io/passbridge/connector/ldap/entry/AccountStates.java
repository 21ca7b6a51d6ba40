/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.entry;

import com.unboundid.ldap.sdk.Entry;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.times.DirectoryTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the attributes of directory servers say about an account. A lock that ends by itself after
 * too many wrong passwords is no state: it is the directory's own defence.
 */
final class AccountStates {
    /** An account that an administrator locked (draft-behera-ldap-password-policy 5.3.3). */
    private static final String LOCKED_FOR_GOOD = "000001010000Z";

    private static final String LOCKED_TIME = "pwdAccountLockedTime";
    private static final String LOCK = "nsAccountLock";
    private static final String RESET = "pwdReset";
    private static final String SHADOW_EXPIRE = "shadowExpire";
    private static final String END_TIME = "pwdEndTime";
    private static final String PRINCIPAL_EXPIRATION = "krbPrincipalExpiration";
    private static final String PASSWORD_EXPIRATION = "passwordExpirationTime";

    static final List<String> ATTRIBUTES =
            List.of(
                    LOCKED_TIME,
                    LOCK,
                    RESET,
                    SHADOW_EXPIRE,
                    END_TIME,
                    PRINCIPAL_EXPIRATION,
                    PASSWORD_EXPIRATION,
                    ShadowAge.CHANGED,
                    ShadowAge.MOST,
                    ShadowAge.INACTIVE,
                    PasswordAges.POLICY);

    private AccountStates() {}

    /**
     * @param now FILETIME: an expiry that has passed is a flag
     */
    static AccountState of(Entry entry, PasswordAges ages, long now) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        if (is(entry, LOCK, "true")
                || is(entry, LOCKED_TIME, LOCKED_FOR_GOOD)
                || PasswordChoice.isLockedOut(entry)) {
            flags.add(Flag.DISABLED);
        }
        if (is(entry, RESET, "true") || ShadowAge.mustChange(entry)) {
            flags.add(Flag.MUST_CHANGE_PASSWORD);
        }
        if (isPast(entry, SHADOW_EXPIRE, DirectoryTime::ofEpochDays, now)
                || isPast(entry, END_TIME, DirectoryTime::ofGeneralizedTime, now)
                || isPast(entry, PRINCIPAL_EXPIRATION, DirectoryTime::ofGeneralizedTime, now)
                || ShadowAge.closing(entry).orElse(Long.MAX_VALUE) <= now) {
            flags.add(Flag.ACCOUNT_EXPIRED);
        }
        if (isPast(entry, PASSWORD_EXPIRATION, DirectoryTime::ofGeneralizedTime, now)
                || ages.isExpired(entry, now)
                || ShadowAge.end(entry).orElse(Long.MAX_VALUE) <= now) {
            flags.add(Flag.PASSWORD_EXPIRED);
        }
        return flags.isEmpty() ? AccountState.ACTIVE : new AccountState(flags);
    }

    private static boolean is(Entry entry, String attribute, String value) {
        String text = entry.getAttributeValue(attribute);
        return text != null && text.toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT));
    }

    private static boolean isPast(
            Entry entry, String attribute, DirectoryTime.Form form, long now) {
        return DirectoryTime.isPast(
                Optional.ofNullable(entry.getAttributeValue(attribute)), form, now);
    }
}
