/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import java.util.Optional;

/**
 * An operation on the key set or a sealed value was refused. The message names the thing and the
 * remedy.
 */
public final class KeyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String remedy;

    /** Why. */
    public enum Kind {
        /** The key set is locked. */
        LOCKED,
        /** The password or protector does not open the key set. */
        WRONG_PASSWORD,
        /** The protector needs a password, and none was given or found. */
        NO_PASSWORD,
        /** A file that holds a secret can be read or replaced by others and is not used. */
        UNSAFE_FILE,
        /** There is no key set where it should be. */
        NO_KEY_SET,
        /**
         * There is no key set yet, and none is made while nobody can tell whether one is needed.
         */
        AWAITS_STORE,
        /** The protector that the key set needs is not there. */
        PROTECTOR_MISSING,
        /** The cryptographic module that the FIPS policy demands cannot be used. */
        MODULE_REFUSED,
        /** The value was changed, moved, or is no sealed value. */
        REFUSED,
        /** The value belongs to another key set. */
        FOREIGN_KEY_SET,
        /** The key set holds no such key. */
        UNKNOWN_KEY,
        /** The key is disabled. */
        KEY_DISABLED,
        /** The key was destroyed. */
        KEY_DESTROYED,
        /** The state of the key or key set does not allow the operation. */
        NOT_ALLOWED,
        /** A file of the key set is damaged or of an unknown format. */
        DAMAGED,
        /** The file of the key set is an older copy, which lacks a key that was used since. */
        OUTDATED,
        /** Reading or writing failed; nothing was changed. */
        IO
    }

    public KeyException(Kind kind, String message) {
        this(kind, message, (Throwable) null);
    }

    public KeyException(Kind kind, String message, Throwable cause) {
        this(kind, message, cause, null);
    }

    /**
     * With what to do about it, which the message names too.
     *
     * @param remedy such as {@code keys:activate an export}
     */
    public KeyException(Kind kind, String problem, String remedy) {
        this(kind, problem, remedy, null);
    }

    /** With what to do about it, which the message names too, and a cause, which may be null. */
    public KeyException(Kind kind, String problem, String remedy, Throwable cause) {
        this(kind, problem + "; " + remedy, cause, remedy);
    }

    private KeyException(Kind kind, String message, Throwable cause, String remedy) {
        super(message, cause);
        this.kind = kind;
        this.remedy = remedy;
    }

    /** For a reason that another exception tells, and with its remedy. */
    public static KeyException because(Kind kind, String what, KeyException reason) {
        return new KeyException(kind, what + ": " + reason.getMessage(), null, reason.remedy);
    }

    /** What to do about it, if that is known; the message names it too. */
    public Optional<String> remedy() {
        return Optional.ofNullable(remedy);
    }

    public Kind kind() {
        return kind;
    }
}
