/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import java.io.IOException;

/** A fragment is not protected as agreed. Nothing of it may be used, and nothing after it. */
public final class ProtectionException extends IOException {
    private static final long serialVersionUID = 1L;

    public ProtectionException(String message) {
        super(message);
    }
}
