/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

/**
 * An operation on the key set or a sealed value was refused. The message names the thing and the
 * remedy.
 */
public final class KeyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

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
        super(message);
        this.kind = kind;
    }

    public KeyException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
