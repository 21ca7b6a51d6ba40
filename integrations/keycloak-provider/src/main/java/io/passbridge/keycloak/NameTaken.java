/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

/** Somebody has the name, and a part of the user is written already: all of it is to be undone. */
final class NameTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient UserResult result;

    NameTaken(UserResult result) {
        super(result.result().detail(), null, false, false);
        this.result = result;
    }

    /** What becomes of the item. */
    UserResult result() {
        return result;
    }
}
