/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.memory;

/** A server holds an older password of a user than another one told of before. */
public final class LaggingAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    LaggingAnswerException() {
        super(
                "this server holds an older password of the user than another one told of before;"
                        + " it is read again");
    }
}
