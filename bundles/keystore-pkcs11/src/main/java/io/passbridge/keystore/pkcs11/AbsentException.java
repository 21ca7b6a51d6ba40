/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

/** There is no token, or not the one that is wanted; the message says what there is. */
final class AbsentException extends Exception {
    private static final long serialVersionUID = 1L;

    AbsentException(String message) {
        super(message);
    }

    AbsentException(String message, Throwable cause) {
        super(message, cause);
    }
}
