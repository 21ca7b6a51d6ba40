/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash;

import io.passbridge.credential.Digest;
import io.passbridge.credential.UserPassword;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rule by which a source's own {@code userPassword} value may go to a target as it is: the
 * value is salted, its scheme is known to be so, and the target lists the scheme. Clear text,
 * hashes without a salt, anything over MD5, MD4 or DES, and schemes that nobody has judged never
 * pass, whatever the target lists. A pure function, thread-safe.
 */
public final class PassThrough {
    /** The schemes that can pass, in upper case. */
    public static final Set<String> SCHEMES =
            Set.of(
                    "SSHA",
                    "SSHA256",
                    "SSHA384",
                    "SSHA512",
                    "PBKDF2",
                    "PBKDF2-SHA1",
                    "PBKDF2-SHA256",
                    "PBKDF2-SHA512",
                    "PBKDF2_SHA256",
                    "PBKDF2-HMAC-SHA256",
                    "PBKDF2-HMAC-SHA512",
                    "ARGON2",
                    "BCRYPT",
                    "CRYPT");

    /** bcrypt, SHA-crypt, scrypt and yescrypt; not DES, MD5-crypt or the NT hash of {@code $3$}. */
    private static final Pattern SALTED_CRYPT = Pattern.compile("(?s)\\$(2[abxy]|5|6|7|y|gy)\\$.+");

    private PassThrough() {}

    /**
     * What is to be done with a value.
     *
     * @param digest what goes to the target, or empty if the value does not pass
     * @param reason why it does not pass, for the user's journal and {@code sync:explain}; empty if
     *     it does
     */
    public record Decision(Optional<Digest> digest, String reason) {}

    /**
     * Decides on one value.
     *
     * @param credential stays the caller's to close
     * @param targetSchemes what the target says it can verify, see {@link
     *     io.passbridge.connector.PasswordTarget#schemes}
     */
    public static Decision decide(UserPassword credential, Collection<String> targetSchemes) {
        String scheme = credential.scheme();
        if (!SCHEMES.contains(scheme)) {
            return refused(
                    scheme.equals(UserPassword.CLEARTEXT)
                            ? "a clear-text password is never passed through"
                            : "scheme " + scheme + " is not a salted scheme that may pass through");
        }
        if (!targetSchemes.contains(scheme)) {
            return refused("the target does not list scheme " + scheme);
        }
        String value = credential.value().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
        boolean crypt = scheme.equals("CRYPT") || scheme.equals("BCRYPT");
        if (crypt && !SALTED_CRYPT.matcher(value.substring(scheme.length() + 2)).matches()) {
            return refused(
                    "a "
                            + scheme
                            + " value is of a kind that is not strong enough to pass through");
        }
        return new Decision(Optional.of(new Digest(scheme, value)), "");
    }

    private static Decision refused(String reason) {
        return new Decision(Optional.empty(), reason);
    }
}
