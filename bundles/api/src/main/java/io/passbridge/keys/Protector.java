/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import io.passbridge.credential.Secret;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One way to protect the key set: it wraps the key set's root secret, 32 random bytes under which
 * the key-set file is encrypted. A whiteboard service; the key set names the protector it was
 * protected with and waits, locked, until a service of that name is there. Thread-safe. Calls may
 * take seconds, are never concurrent for one key set, and must not call back into the key set.
 *
 * <p>A protector keeps no state of its own about key sets: all it needs to open one again, besides
 * its operator's secret, token or operating-system account, is in the bytes it returned.
 */
@ConsumerType
public interface Protector {
    /** The longest form of a protected root secret that a key-set file can hold, in bytes. */
    int MAX_PROTECTED_LENGTH = 16_384;

    /**
     * A constant name of 1 to 32 lower-case letters and digits, written to the key-set file: {@code
     * passphrase}.
     */
    String name();

    /** Whether it could open or protect now, without trying and without side effects. */
    Readiness readiness();

    /**
     * Called before the first key set of a server is protected: makes what the protector can make
     * by itself, such as a random password file or a wrapping key on a token. Does nothing if that
     * is there already.
     *
     * @throws KeyException if it cannot and the operator must act; the message says how
     */
    void provision() throws KeyException;

    /**
     * Wraps the root secret.
     *
     * @param root 32 bytes; stays the caller's to close
     * @param keySetId the key set, to be bound into the result so that it opens for no other
     * @param password the password or PIN that the operator gave, or empty to take it from where
     *     the protector usually finds it; stays the caller's to close
     * @return the protected form in a versioned, self-describing format, at most {@link
     *     #MAX_PROTECTED_LENGTH} bytes, every bit of it authenticated
     * @throws KeyException with {@link KeyException.Kind#NO_PASSWORD}, {@link
     *     KeyException.Kind#UNSAFE_FILE}, {@link KeyException.Kind#IO} or {@link
     *     KeyException.Kind#NOT_ALLOWED}
     */
    byte[] protect(Secret root, String keySetId, Optional<Secret> password) throws KeyException;

    /**
     * Unwraps the root secret.
     *
     * @param protectedRoot what {@link #protect} returned
     * @param keySetId the key set that it was protected for
     * @param password as in {@link #protect}
     * @return the root secret, which the caller closes
     * @throws KeyException with {@link KeyException.Kind#WRONG_PASSWORD} if the password, token or
     *     account does not open it, {@link KeyException.Kind#DAMAGED} if it is no protected root
     *     secret of a known format, or as {@link #protect}
     */
    Secret open(byte[] protectedRoot, String keySetId, Optional<Secret> password)
            throws KeyException;

    /**
     * Whether a password alone opens what this protector wraps, so that one can be tried without
     * harm. Not so where a token counts failed attempts, or where no password plays a part.
     */
    default boolean opensByPassword() {
        return false;
    }

    /**
     * What of a protection the FIPS policy does not approve, in words such as {@code Argon2id};
     * empty if all of it is approved. Told without opening it.
     *
     * @param protectedRoot what {@link #protect} returned
     */
    default Optional<String> unapproved(byte[] protectedRoot) {
        return Optional.empty();
    }

    /**
     * Takes over a new password to the place where this protector finds it at the next start.
     *
     * <p>The change is atomic: at any instant the place holds the old or the new password whole.
     *
     * @param password stays the caller's to close
     * @return whether it is stored; if not, the operator must put it there
     */
    default Adoption adopt(Secret password) throws KeyException {
        return new Adoption(false, "the protector '" + name() + "' keeps no password");
    }

    /**
     * Whether a protector could work now.
     *
     * @param ready it has all it needs
     * @param password whether a password or PIN from the operator would help
     * @param problem why it is not ready; null if it is
     * @param text what was found, naming the file, token or account
     * @param remedy what to do; empty if ready
     */
    record Readiness(
            boolean ready,
            boolean password,
            KeyException.Kind problem,
            String text,
            String remedy) {
        /** Ready, with what it will use in words. */
        public static Readiness yes(String text) {
            return new Readiness(true, false, null, text, "");
        }
    }

    /**
     * What became of a new password.
     *
     * @param stored whether the next start finds it
     * @param text where it was put, or where the operator must put it
     */
    record Adoption(boolean stored, String text) {}
}
