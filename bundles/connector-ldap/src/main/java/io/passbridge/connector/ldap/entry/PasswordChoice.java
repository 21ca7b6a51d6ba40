/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.entry;

import com.unboundid.ldap.sdk.Entry;
import io.passbridge.credential.PasswordKind;
import io.passbridge.credential.UserPassword;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses one of a user's {@code userPassword} values (RFC 4519 section 2.41 permits several): what
 * the configuration prefers, then the strongest. The order of values, which a server may change at
 * will, does not matter.
 */
public final class PasswordChoice {
    static final String ATTRIBUTE = "userPassword";

    /** Values that hand the check to another system: there is no hash in them. */
    private static final Set<String> ELSEWHERE =
            Set.of("SASL", "KERBEROS", "PAM_PASSTHROUGH", "RADIUS", "TOTP1", "NONE");

    /** Strongest first; what is missing comes after, before clear text. */
    private static final List<PasswordKind> STRENGTH =
            List.of(
                    PasswordKind.ARGON2ID,
                    PasswordKind.ARGON2D,
                    PasswordKind.ARGON2I,
                    PasswordKind.SCRYPT,
                    PasswordKind.YESCRYPT,
                    PasswordKind.GOST_YESCRYPT,
                    PasswordKind.BCRYPT,
                    PasswordKind.PBKDF2_SHA512,
                    PasswordKind.PBKDF2_SHA256,
                    PasswordKind.PBKDF2_SHA256_BINARY,
                    PasswordKind.SHA512_CRYPT,
                    PasswordKind.SHA256_CRYPT,
                    PasswordKind.PBKDF2_SHA1,
                    PasswordKind.SSHA512,
                    PasswordKind.SSHA384,
                    PasswordKind.SSHA256,
                    PasswordKind.SSHA,
                    PasswordKind.SMD5,
                    PasswordKind.MD5_CRYPT,
                    PasswordKind.DES_CRYPT);

    private final List<String> preferred;

    /**
     * @param preferred names of kinds or schemes, best first
     */
    public PasswordChoice(List<String> preferred) {
        this.preferred = List.copyOf(preferred);
    }

    /**
     * The password of an entry.
     *
     * @return a copy, closed by the caller; empty if the entry shows none or all are locked
     * @throws UnusablePasswordException if there are values and none is a hash
     */
    public Optional<UserPassword> of(Entry entry) throws UnusablePasswordException {
        byte[][] values = entry.getAttributeValueByteArrays(ATTRIBUTE);
        UserPassword best = null;
        String trouble = null;
        for (byte[] value : values == null ? new byte[0][] : values) {
            if (value.length == 0 || isLocked(value)) {
                continue;
            }
            if (value.length > UserPassword.MAX_LENGTH) {
                trouble = "userPassword is longer than " + UserPassword.MAX_LENGTH + " bytes";
                continue;
            }
            UserPassword candidate = UserPassword.owning(value.clone());
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
        return ELSEWHERE.contains(password.scheme())
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
        int byStrength = Integer.compare(strength(candidate), strength(best));
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

    private static int strength(UserPassword password) {
        int place = password.passwordKind().map(STRENGTH::indexOf).orElse(-1);
        return place < 0 ? STRENGTH.size() : place;
    }

    /** Whether an entry holds passwords, all of them such that nobody can sign in with. */
    static boolean isLockedOut(Entry entry) {
        byte[][] values = entry.getAttributeValueByteArrays(ATTRIBUTE);
        return values != null
                && values.length > 0
                && Arrays.stream(values).allMatch(PasswordChoice::isLocked);
    }

    /** {@code {CRYPT}!}, {@code {SSHA}*} and the like: what locks an account in crypt(5). */
    private static boolean isLocked(byte[] value) {
        int brace = 0;
        while (brace < value.length && brace < 40 && value[brace] != '}') {
            brace++;
        }
        boolean scheme =
                value.length > 0 && value[0] == '{' && brace < value.length && value[brace] == '}';
        if (!scheme) {
            return false;
        }
        int data = brace + 1;
        return data == value.length || value[data] == '!' || value[data] == '*';
    }
}
