/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@Tag("softhsm")
@EnabledIf(
        value = "io.passbridge.keystore.pkcs11.SoftHsm#isInstalled",
        disabledReason = "needs SoftHSM")
class TokenListTest {
    @BeforeAll
    static void prepare() throws Exception {
        SoftHsm.prepare();
    }

    /** A library that is closed while it is asked takes the process with it. */
    @Test
    void libraryStaysOpen_whileItIsAsked_howeverOftenMemoryIsCollected() throws Exception {
        Thread collector = new Thread(TokenListTest::collect, "collector");
        collector.start();
        try {
            for (int i = 0; i < 300; i++) {
                assertThat(TokenList.of(SoftHsm.LIBRARY.toString())).isNotNull();
            }
        } finally {
            collector.interrupt();
            collector.join();
        }
    }

    private static void collect() {
        while (!Thread.currentThread().isInterrupted()) {
            System.gc();
        }
    }
}
