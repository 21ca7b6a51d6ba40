/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

/** Who administers, for {@link Fact#ACTOR}. */
public final class Actor {
    private Actor() {}

    /** The operating-system user of this process, since nobody else can reach the shell. */
    public static String ofThisProcess() {
        return System.getProperty("user.name", "operator");
    }
}
