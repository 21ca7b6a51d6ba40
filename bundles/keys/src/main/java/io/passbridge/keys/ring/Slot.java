/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.ring;

import io.passbridge.keys.Protector;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The root secret as one protector keeps it.
 *
 * @param protector the protector's name
 * @param role whether it is the one in force
 * @param protectedRoot what it returned; treated as immutable
 */
public record Slot(String protector, Role role, byte[] protectedRoot) {
    /** What a protection is there for. The code is its form in the file. */
    public enum Role {
        /** The one in force. */
        CURRENT(0),
        /** The one before, while a new password is on its way to its place. */
        FORMER_UNDER_WAY(1),
        /** The one before, until the operator has put the new password in its place. */
        FORMER_AWAITED(2);

        private final int code;

        Role(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        /** The role of a code. */
        public static Role of(int code) {
            for (Role role : values()) {
                if (role.code == code) {
                    return role;
                }
            }
            throw new IllegalArgumentException("no key set: a protection of role " + code);
        }
    }

    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,32}");

    public Slot {
        if (!NAME.matcher(protector).matches()) {
            throw new IllegalArgumentException(
                    "no key set: '"
                            + protector.replaceAll("\\P{Graph}", "?")
                            + "' names no protector");
        }
        if (protectedRoot.length == 0 || protectedRoot.length > Protector.MAX_PROTECTED_LENGTH) {
            throw new IllegalArgumentException(
                    "no key set: a protected root secret of " + protectedRoot.length + " bytes");
        }
        protectedRoot = protectedRoot.clone();
    }

    /** The same in another role. */
    public Slot as(Role other) {
        return new Slot(protector, other, protectedRoot);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slot that
                && protector.equals(that.protector)
                && role == that.role
                && Arrays.equals(protectedRoot, that.protectedRoot);
    }

    @Override
    public int hashCode() {
        return 31 * protector.hashCode() + Arrays.hashCode(protectedRoot);
    }

    @Override
    public String toString() {
        return "Slot[" + protector + ", " + role + "]";
    }
}
