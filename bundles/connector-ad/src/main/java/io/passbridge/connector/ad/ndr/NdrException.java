/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ndr;

import java.io.IOException;

/**
 * Received data is not what NDR allows, or is over a limit. The text names places and numbers,
 * never content.
 */
public final class NdrException extends IOException {
    private static final long serialVersionUID = 1L;

    public NdrException(String message) {
        super(message);
    }
}
