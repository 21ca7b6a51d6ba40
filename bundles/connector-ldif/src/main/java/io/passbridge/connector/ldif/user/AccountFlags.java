/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.user;

import io.passbridge.connector.ldif.record.Attribute;
import io.passbridge.connector.ldif.record.Entry;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.times.DirectoryTime;
import java.util.EnumSet;
import java.util.Set;

/** What the attributes of the various directories say about an account's state. */
final class AccountFlags {
    // userAccountControl, MS-ADTS 2.2.16
    private static final int ACCOUNT_DISABLE = 0x2;
    private static final int DONT_EXPIRE_PASSWORD = 0x10000;
    private static final int SMARTCARD_REQUIRED = 0x40000;
    private static final int PASSWORD_EXPIRED = 0x800000;

    /** An account that an administrator locked for good (draft-behera-ldap-password-policy). */
    private static final String LOCKED_FOR_GOOD = "000001010000Z";

    private AccountFlags() {}

    /**
     * @param now FILETIME: an expiry that has passed is a flag
     */
    static AccountState of(Entry entry, long now) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        activeDirectory(entry, now, flags);
        samba(entry, now, flags);
        directoryServers(entry, now, flags);
        return flags.isEmpty() ? AccountState.ACTIVE : new AccountState(flags);
    }

    private static void activeDirectory(Entry entry, long now, Set<Flag> flags) {
        if (entry.has(Attribute.USER_ACCOUNT_CONTROL)) {
            long control =
                    entry.text(Attribute.USER_ACCOUNT_CONTROL)
                            .map(text -> DirectoryTime.number(text).orElse(0))
                            .orElse(0L);
            set(flags, Flag.DISABLED, (control & ACCOUNT_DISABLE) != 0);
            set(flags, Flag.PASSWORD_NEVER_EXPIRES, (control & DONT_EXPIRE_PASSWORD) != 0);
            set(flags, Flag.SMARTCARD_REQUIRED, (control & SMARTCARD_REQUIRED) != 0);
            set(flags, Flag.PASSWORD_EXPIRED, (control & PASSWORD_EXPIRED) != 0);
        }
        set(flags, Flag.MUST_CHANGE_PASSWORD, is(entry, Attribute.PWD_LAST_SET, "0"));
        set(flags, Flag.DELETED, is(entry, Attribute.IS_DELETED, "TRUE"));
        past(
                entry,
                Attribute.ACCOUNT_EXPIRES,
                DirectoryTime::ofFileTime,
                now,
                flags,
                Flag.ACCOUNT_EXPIRED);
        past(
                entry,
                Attribute.PASSWORD_EXPIRY_COMPUTED,
                DirectoryTime::ofFileTime,
                now,
                flags,
                Flag.PASSWORD_EXPIRED);
    }

    private static void samba(Entry entry, long now, Set<Flag> flags) {
        if (entry.has(Attribute.SAMBA_ACCT_FLAGS)) {
            String letters = entry.text(Attribute.SAMBA_ACCT_FLAGS).orElse("");
            set(flags, Flag.DISABLED, letters.indexOf('D') >= 0);
            set(flags, Flag.PASSWORD_NEVER_EXPIRES, letters.indexOf('X') >= 0);
        }
        set(flags, Flag.MUST_CHANGE_PASSWORD, is(entry, Attribute.SAMBA_PWD_LAST_SET, "0"));
        past(
                entry,
                Attribute.SAMBA_KICKOFF_TIME,
                DirectoryTime::ofEpochSeconds,
                now,
                flags,
                Flag.ACCOUNT_EXPIRED);
    }

    private static void directoryServers(Entry entry, long now, Set<Flag> flags) {
        set(flags, Flag.DISABLED, is(entry, Attribute.NS_ACCOUNT_LOCK, "TRUE"));
        set(flags, Flag.DISABLED, is(entry, Attribute.PWD_ACCOUNT_LOCKED_TIME, LOCKED_FOR_GOOD));
        set(flags, Flag.MUST_CHANGE_PASSWORD, is(entry, Attribute.PWD_RESET, "TRUE"));
        past(
                entry,
                Attribute.SHADOW_EXPIRE,
                DirectoryTime::ofEpochDays,
                now,
                flags,
                Flag.ACCOUNT_EXPIRED);
        past(
                entry,
                Attribute.PWD_END_TIME,
                DirectoryTime::ofGeneralizedTime,
                now,
                flags,
                Flag.ACCOUNT_EXPIRED);
        past(
                entry,
                Attribute.KRB_PRINCIPAL_EXPIRATION,
                DirectoryTime::ofGeneralizedTime,
                now,
                flags,
                Flag.ACCOUNT_EXPIRED);
        past(
                entry,
                Attribute.KRB_PASSWORD_EXPIRATION,
                DirectoryTime::ofGeneralizedTime,
                now,
                flags,
                Flag.PASSWORD_EXPIRED);
        past(
                entry,
                Attribute.PASSWORD_EXPIRATION_TIME,
                DirectoryTime::ofGeneralizedTime,
                now,
                flags,
                Flag.PASSWORD_EXPIRED);
    }

    private static boolean is(Entry entry, Attribute attribute, String value) {
        return entry.has(attribute)
                && entry.text(attribute).filter(value::equalsIgnoreCase).isPresent();
    }

    private static void set(Set<Flag> flags, Flag flag, boolean condition) {
        if (condition) {
            flags.add(flag);
        }
    }

    private static void past(
            Entry entry,
            Attribute attribute,
            DirectoryTime.Form form,
            long now,
            Set<Flag> flags,
            Flag flag) {
        set(
                flags,
                flag,
                entry.has(attribute) && DirectoryTime.isPast(entry.text(attribute), form, now));
    }
}
