/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.entry;

import com.unboundid.ldap.sdk.Entry;
import io.passbridge.credential.UserPassword;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Chooses one of a user's {@code userPassword} values (RFC 4519 section 2.41 permits several): what
 * the configuration prefers, then the strongest. The order of values, which a server may change at
 * will, does not matter.
 */
public final class PasswordChoice {
    static final String ATTRIBUTE = "userPassword";

    private final List<String> preferred;

    /**
     * @param preferred names of kinds or schemes, best first
     */
    public PasswordChoice(List<String> preferred) {
        this.preferred = List.copyOf(preferred);
    }

    /**
     * The password of an entry. Its values are the caller's then and wiped with what is returned;
     * the entry must not be asked for them again, except by {@link #isLockedOut}.
     *
     * @return closed by the caller; empty if the entry shows none or all are locked
     * @throws UnusablePasswordException if there are values and none is a hash
     */
    public Optional<UserPassword> of(Entry entry) throws UnusablePasswordException {
        byte[][] values = entry.getAttributeValueByteArrays(ATTRIBUTE);
        UserPassword best = null;
        String trouble = null;
        for (byte[] value : values == null ? new byte[0][] : values) {
            if (value.length == 0 || UserPassword.isLocked(value)) {
                continue;
            }
            if (value.length > UserPassword.MAX_LENGTH) {
                trouble = "userPassword is longer than " + UserPassword.MAX_LENGTH + " bytes";
                continue;
            }
            UserPassword candidate = UserPassword.owning(value);
            Optional<String> fault = fault(candidate);
            if (fault.isPresent()) {
                trouble = fault.get();
                candidate.close();
            } else if (best != null && !isBetter(candidate, best)) {
                candidate.close();
            } else {
                if (best != null) {
                    best.close();
                }
                best = candidate;
            }
        }
        if (best == null && trouble != null) {
            throw new UnusablePasswordException(trouble);
        }
        return Optional.ofNullable(best);
    }

    private static Optional<String> fault(UserPassword password) {
        if (password.scheme().equals(UserPassword.CLEARTEXT)) {
            return Optional.of(
                    "userPassword holds the password itself, which is never taken; let the"
                            + " directory hash it, and have the user set it again");
        }
        return password.isKeptElsewhere()
                ? Optional.of(
                        "the password is kept by another system ({"
                                + password.scheme()
                                + "}); there is no hash of it in the directory")
                : Optional.empty();
    }

    private boolean isBetter(UserPassword candidate, UserPassword best) {
        int byPreference = Integer.compare(preference(candidate), preference(best));
        if (byPreference != 0) {
            return byPreference < 0;
        }
        int byStrength = Integer.compare(candidate.rank(), best.rank());
        if (byStrength != 0) {
            return byStrength < 0;
        }
        // two of one kind: any, but always the same
        return candidate.value().use(a -> best.value().use(b -> Arrays.compare(a, b))) < 0;
    }

    private int preference(UserPassword password) {
        for (int i = 0; i < preferred.size(); i++) {
            String name = preferred.get(i).toUpperCase(Locale.ROOT);
            boolean named =
                    password.passwordKind().filter(kind -> kind.isNamed(name)).isPresent()
                            || password.scheme().equals(name);
            if (named) {
                return i;
            }
        }
        return preferred.size();
    }

    /** Whether an entry holds passwords, all of them such that nobody can sign in with. */
    static boolean isLockedOut(Entry entry) {
        byte[][] values = entry.getAttributeValueByteArrays(ATTRIBUTE);
        return values != null
                && values.length > 0
                && Arrays.stream(values).allMatch(UserPassword::isLocked);
    }
}
