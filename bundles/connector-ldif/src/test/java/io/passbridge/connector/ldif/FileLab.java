/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A source over one file, and two hashes. */
abstract class FileLab {
    static final String HASH_1 = "sambaNTPassword: 00112233445566778899AABBCCDDEEFF";
    static final String HASH_2 = "sambaNTPassword: FFEEDDCCBBAA99887766554433221100";
    static final String NT_1 = "NT 00112233445566778899aabbccddeeff";
    static final String NT_2 = "NT ffeeddccbbaa99887766554433221100";
    @TempDir Path folder;
    LdifFixture fixture;

    @BeforeEach
    void open() {
        fixture = new LdifFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }
}
