/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.tck.AccountTargetContract;
import io.passbridge.connector.tck.TargetContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** ConnId's database table keeps what every target has to keep. */
class TableTargetTest {
    @Nested
    class Passwords extends TargetContract {
        @Override
        protected TableHarness harness(Path folder) throws Exception {
            return new TableHarness(folder);
        }
    }

    @Nested
    class Accounts extends AccountTargetContract {
        @Override
        protected TableHarness harness(Path folder) throws Exception {
            return new TableHarness(folder);
        }
    }
}
