/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.nt;

/** The digest schemes that start from an NT hash. */
enum NtForm {
    PPH1("pph1", "PPH1_MD4", 10),
    PPH2("pph2", "PPH2_MD4", 16);

    private final String scheme;
    private final String word;
    private final int salt;

    NtForm(String scheme, String word, int salt) {
        this.scheme = scheme;
        this.word = word;
        this.salt = salt;
    }

    /** The name in configurations. */
    String scheme() {
        return scheme;
    }

    /** The name in the text form. */
    String word() {
        return word;
    }

    /** Length of a new salt, and of the shortest that is read, in bytes. */
    int salt() {
        return salt;
    }

    static NtForm named(String scheme) {
        for (NtForm form : values()) {
            if (form.scheme.equals(scheme)) {
                return form;
            }
        }
        throw new IllegalArgumentException("'" + scheme + "' is not pph1 or pph2");
    }
}
