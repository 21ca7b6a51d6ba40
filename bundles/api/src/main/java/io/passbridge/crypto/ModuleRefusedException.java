/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.crypto;

/** The module that the policy demands cannot be used. The message holds cause and remedy. */
public final class ModuleRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModuleRefusedException(String message) {
        super(message);
    }

    public ModuleRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
