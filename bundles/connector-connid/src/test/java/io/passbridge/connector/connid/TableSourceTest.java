/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.tck.AccountSourceContract;
import io.passbridge.connector.tck.SourceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** ConnId's database table keeps what every source has to keep. */
class TableSourceTest {
    @Nested
    class Passwords extends SourceContract {
        @Override
        protected TableSourceHarness harness(Path folder) throws Exception {
            return new TableSourceHarness(folder);
        }
    }

    @Nested
    class Accounts extends AccountSourceContract {
        @Override
        protected TableSourceHarness harness(Path folder) throws Exception {
            return new TableSourceHarness(folder);
        }
    }
}
