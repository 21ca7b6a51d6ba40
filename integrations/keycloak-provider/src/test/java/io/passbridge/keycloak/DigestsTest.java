/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.Digest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestsTest {
    /** What DSInternals publishes for 'Pa$$w0rd'. */
    private static final Digest PUBLISHED =
            new Digest(
                    "pph1",
                    "v1;PPH1_MD4,317ee9d1dec6508fa510,100,"
                            + "f4a257ffec53809081a605ce8ddedfbc9df9777b80256763bc0a6dd895ef404f;");

    @ParameterizedTest
    @CsvSource({"Pa$$w0rd, true", "pa$$w0rd, false"})
    void publishedVector_isVerified(String password, boolean fits) {
        assertThat(Digests.verify(password, PUBLISHED)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({"pph1", "pph2", "SSHA", "PBKDF2-SHA256", "ARGON2ID", "CRYPT-2B", "CRYPT-6"})
    void scheme_isListed(String scheme) {
        assertThat(Digests.schemes()).contains(scheme);
    }
}
