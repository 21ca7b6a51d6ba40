/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.tck.AccountSourceContract;
import io.passbridge.connector.tck.SignalContract;
import io.passbridge.connector.tck.SourceContract;
import io.passbridge.connector.tck.SourceHarness;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contracts that the connector keeps to, on a real domain controller. */
@LiveDomain
class AdContractLiveTest {
    private static final AtomicInteger UNITS = new AtomicInteger();
    private static SambaLab lab;

    @BeforeAll
    static void take(SambaLab shared) {
        lab = shared;
    }

    private static SourceHarness newHarness(Path folder) throws Exception {
        return new AdHarness(lab, UNITS.incrementAndGet(), folder);
    }

    @Nested
    class Source extends SourceContract {
        @Override
        protected SourceHarness harness(Path folder) throws Exception {
            return newHarness(folder);
        }
    }

    @Nested
    class Accounts extends AccountSourceContract {
        @Override
        protected SourceHarness harness(Path folder) throws Exception {
            return newHarness(folder);
        }
    }

    @Nested
    class Signal extends SignalContract {
        @Override
        protected SourceHarness harness(Path folder) throws Exception {
            return newHarness(folder);
        }
    }
}
