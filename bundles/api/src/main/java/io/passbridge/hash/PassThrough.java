/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash;

import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordKind;
import io.passbridge.credential.UserPassword;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;

/**
 * The rule by which a source's own {@code userPassword} value may go to a target as it is: the
 * value's kind is known to be salted and strong, and the target lists the kind. Clear text, hashes
 * without a salt, anything over MD5, MD4 or DES, and kinds that nobody has judged never pass,
 * whatever the target lists. A pure function, thread-safe.
 */
public final class PassThrough {
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
        if (credential.scheme().equals(UserPassword.CLEARTEXT)) {
            return refused("a clear-text password is never passed through");
        }
        Optional<PasswordKind> kind = credential.passwordKind();
        if (kind.isEmpty()) {
            return refused(
                    "the value is of a kind of " + credential.scheme() + " that is not known");
        }
        if (!kind.get().mayPass()) {
            return refused(kind.get() + " is not a strong salted kind that may pass through");
        }
        if (!targetSchemes.contains(kind.get().text())) {
            return refused("the target does not list " + kind.get());
        }
        String value = credential.value().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
        return new Decision(Optional.of(new Digest(kind.get().text(), value)), "");
    }

    private static Decision refused(String reason) {
        return new Decision(Optional.empty(), reason);
    }
}
