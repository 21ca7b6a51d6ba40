/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

/** Who administers: the operating-system user, since nobody else can reach the shell. */
final class Actor {
    private Actor() {}

    static String name() {
        return System.getProperty("user.name", "operator");
    }
}
