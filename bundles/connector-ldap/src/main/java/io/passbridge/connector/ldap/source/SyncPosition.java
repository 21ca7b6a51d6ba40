/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import io.passbridge.connector.Watermark;
import java.util.Optional;

/** The end of the last run, from which a signal can listen on. Thread-safe. */
public final class SyncPosition {
    private volatile Watermark end;

    void reached(Watermark watermark) {
        end = watermark;
    }

    Optional<Watermark> end() {
        return Optional.ofNullable(end);
    }
}
