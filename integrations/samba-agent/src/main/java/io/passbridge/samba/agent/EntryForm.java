/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.NtHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is written into a user's entry for a state and a password. */
final class EntryForm {
    /** Whose values are wiped once they are written. */
    static final Set<String> SECRETS = Set.of("unicodePwd", "supplementalCredentials");

    private static final int NORMAL = 0x200;
    private static final int DISABLED = 0x2;
    private static final int NEVER_EXPIRES = 0x10000;
    private static final int SMARTCARD = 0x40000;
    private static final String NEVER = Long.toString(Long.MAX_VALUE);

    /** 100 ns since 1601. */
    private static final long EPOCH_DIFFERENCE = 11_644_473_600L;

    private EntryForm() {}

    /**
     * The age of passwords is the source's affair: here they never expire by themselves, and who
     * must change theirs, or has let it expire, does so at the source.
     *
     * @param usable whether the entry has a password, or gets one now
     */
    static List<Modification> state(AccountState state, boolean usable) {
        boolean off =
                !usable
                        || state.has(Flag.DISABLED)
                        || state.has(Flag.DELETED)
                        || state.has(Flag.OUT_OF_SCOPE);
        int control =
                NORMAL
                        | (off ? DISABLED : 0)
                        | (state.has(Flag.SMARTCARD_REQUIRED) ? SMARTCARD : 0)
                        | (mustChange(state) ? 0 : NEVER_EXPIRES);
        return List.of(
                replace("userAccountControl", Integer.toString(control)),
                replace("accountExpires", state.has(Flag.ACCOUNT_EXPIRED) ? "1" : NEVER));
    }

    static boolean mustChange(AccountState state) {
        return state.has(Flag.MUST_CHANGE_PASSWORD) || state.has(Flag.PASSWORD_EXPIRED);
    }

    /**
     * When the password was set, or that it must be changed. A state alone says nothing of the
     * former, unless the password no longer has to be changed.
     *
     * @param now what the entry has, or null
     */
    static Optional<Modification> passwordTime(
            AccountState state, Instant changed, boolean withPassword, String now) {
        if (!withPassword && !mustChange(state) && now != null && !now.equals("0")) {
            return Optional.empty();
        }
        long time = Math.max(0, changed.getEpochSecond() + EPOCH_DIFFERENCE) * 10_000_000L;
        return Optional.of(replace("pwdLastSet", mustChange(state) ? "0" : Long.toString(time)));
    }

    /** The hash and its keys, or no keys: those of a former password must not stay. */
    static List<Modification> password(NtHash hash) {
        List<Modification> all = new ArrayList<>();
        all.add(new Modification(ModificationType.REPLACE, "unicodePwd", hash.secret().toBytes()));
        Optional<byte[]> keys = hash.kerberosKeys().map(SupplementalForm::of);
        all.add(
                keys.isPresent()
                        ? new Modification(
                                ModificationType.REPLACE, "supplementalCredentials", keys.get())
                        : new Modification(ModificationType.REPLACE, "supplementalCredentials"));
        all.add(replace("lockoutTime", "0"));
        return all;
    }

    static Modification replace(String attribute, String value) {
        return value.isEmpty()
                ? new Modification(ModificationType.REPLACE, attribute)
                : new Modification(ModificationType.REPLACE, attribute, value);
    }

    /** The entry of a user without a password, who cannot sign in. */
    static List<Attribute> fresh(String login, String domain, Mark mark) {
        return new ArrayList<>(
                Arrays.asList(
                        new Attribute("objectClass", "user"),
                        new Attribute("sAMAccountName", login),
                        new Attribute("userPrincipalName", login + "@" + domain),
                        new Attribute("userAccountControl", Integer.toString(NORMAL | DISABLED)),
                        new Attribute(Mark.ATTRIBUTE, mark.text())));
    }
}
