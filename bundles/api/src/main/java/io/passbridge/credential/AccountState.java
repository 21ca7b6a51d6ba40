/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the source says about a user's account beside the password. Flags are facts at the time of
 * reading: an expiry that has passed is a flag.
 *
 * @param flags immutable
 */
public record AccountState(Set<Flag> flags) {
    /** A normal, usable account. */
    public static final AccountState ACTIVE = new AccountState(Set.of());

    /** The state of an account that could not be read. */
    public static final AccountState UNREAD = new AccountState(Set.of(Flag.UNREAD));

    /** One fact about an account. */
    public enum Flag {
        /** The account may not sign in. */
        DISABLED,
        /** The account's own validity has ended ({@code accountExpires}, {@code shadowExpire}). */
        ACCOUNT_EXPIRED,
        /** The user must choose a new password before anything else ({@code pwdLastSet} 0). */
        MUST_CHANGE_PASSWORD,
        /** The password is older than the source's policy allows. */
        PASSWORD_EXPIRED,
        /** The password is exempt from expiry. */
        PASSWORD_NEVER_EXPIRES,
        /** Interactive sign-in needs a smart card; the stored hash is random. */
        SMARTCARD_REQUIRED,
        /** The user no longer exists at the source. */
        DELETED,
        /** The user exists but has left the scope of the connector instance. */
        OUT_OF_SCOPE,
        /**
         * Nobody could read the account, so that nothing else is known of it. No source says so.
         */
        UNREAD
    }

    public AccountState {
        flags = Set.copyOf(flags);
    }

    /** The state with the given flags. */
    public static AccountState of(Flag... flags) {
        return flags.length == 0 ? ACTIVE : new AccountState(EnumSet.copyOf(List.of(flags)));
    }

    public boolean has(Flag flag) {
        return flags.contains(flag);
    }

    /**
     * Whether a sign-in may be allowed as far as the account goes; a password that must be changed
     * still may.
     */
    public boolean mayStillSignIn() {
        return !(has(Flag.DISABLED)
                || has(Flag.ACCOUNT_EXPIRED)
                || has(Flag.DELETED)
                || has(Flag.OUT_OF_SCOPE));
    }

    /**
     * A compact form for storage: bit {@code n} set for the flag with ordinal {@code n}. Never
     * reorder flags.
     */
    public int toBits() {
        int bits = 0;
        for (Flag flag : flags) {
            bits |= 1 << flag.ordinal();
        }
        return bits;
    }

    /** Reads what {@link #toBits} wrote; bits without a flag are ignored. */
    public static AccountState ofBits(int bits) {
        EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            if ((bits & 1 << flag.ordinal()) != 0) {
                flags.add(flag);
            }
        }
        return flags.isEmpty() ? ACTIVE : new AccountState(flags);
    }
}
