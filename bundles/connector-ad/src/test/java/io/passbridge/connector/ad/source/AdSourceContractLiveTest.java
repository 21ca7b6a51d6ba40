/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.tck.SourceContract;
import io.passbridge.connector.tck.SourceHarness;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract of a source on a real domain controller. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.SambaLab#possible",
        disabledReason =
                "no Samba domain controller can be made here: that needs root and samba-ad-dc")
class AdSourceContractLiveTest extends SourceContract {
    private static final AtomicInteger UNITS = new AtomicInteger();
    private static SambaLab lab;

    @BeforeAll
    static void provision() throws Exception {
        lab = SambaLab.first("127.0.0.61");
    }

    @AfterAll
    static void remove() throws Exception {
        lab.close();
    }

    @Override
    protected SourceHarness harness(Path folder) throws Exception {
        return new AdHarness(lab, UNITS.incrementAndGet(), folder);
    }
}
