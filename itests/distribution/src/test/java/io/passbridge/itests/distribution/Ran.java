/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

/**
 * What a command ended with.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
record Ran(int status, String out, String err) {
    /** Both outputs, for messages of failed assertions. */
    String text() {
        return "status " + status + "\n" + out + err;
    }
}
