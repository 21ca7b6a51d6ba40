/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import java.time.Instant;
import org.awaitility.Awaitility;

/** Directories count changes in whole seconds. */
final class WholeSeconds {
    private WholeSeconds() {}

    /** Waits until a change gets a later time than one that was made before. */
    static void awaitNext() {
        long now = Instant.now().getEpochSecond();
        Awaitility.await().until(() -> Instant.now().getEpochSecond() > now);
    }
}
