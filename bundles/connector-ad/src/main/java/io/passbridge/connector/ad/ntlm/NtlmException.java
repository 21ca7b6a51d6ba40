/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ntlm;

import java.io.IOException;

/** The peer's NTLM message is malformed or offers less protection than is required. */
public final class NtlmException extends IOException {
    private static final long serialVersionUID = 1L;

    public NtlmException(String message) {
        super(message);
    }
}
