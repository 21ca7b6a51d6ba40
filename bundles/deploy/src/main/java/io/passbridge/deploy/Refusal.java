/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.deploy;

/** A jar is not taken. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param text what is the matter with it, to follow its name
     * @param remedy what to do
     */
    Refusal(String text, String remedy) {
        super(text);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
