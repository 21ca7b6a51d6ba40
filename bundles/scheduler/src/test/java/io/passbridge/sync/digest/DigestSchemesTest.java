/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.digest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.sync.route.CycleFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DigestSchemesTest {
    @Test
    @Timeout(60)
    void schemeThatWasNeverThere_isNotWaitedFor() {
        DigestSchemes schemes = new DigestSchemes(Duration.ofDays(1));

        assertThatThrownBy(() -> schemes.await("pph9", null, Duration.ZERO))
                .isInstanceOf(CycleFailure.class)
                .hasMessageContaining("no bundle provides the digest scheme 'pph9'");
    }
}
