/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.UnreadUser;

/** One object cannot be understood as it came; others can, and another reading may. */
final class UnreadableUserException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient UnreadUser user;

    UnreadableUserException(UnreadUser user) {
        super(user.reason());
        this.user = user;
    }

    UnreadUser user() {
        return user;
    }
}
