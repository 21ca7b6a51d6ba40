/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import java.io.IOException;

/** A way to somebody who can act. */
interface Channel {
    /**
     * Tells, or fails.
     *
     * @throws IOException with the reason in words; what was to be told is told again later
     */
    void tell(Notice notice) throws IOException;

    /** Where to, for people: no token and no password is in it. */
    @Override
    String toString();
}
