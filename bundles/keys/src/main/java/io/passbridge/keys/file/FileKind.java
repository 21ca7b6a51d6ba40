/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.file;

/** What a key-set file is. */
public enum FileKind {
    /** A server's own key set. */
    KEY_SET(1),
    /** An export, to be kept away from the server. */
    EXPORT(2);

    private final int code;

    FileKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
