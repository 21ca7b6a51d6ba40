/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.example;

import io.passbridge.connector.tck.AccountTargetContract;
import java.nio.file.Path;

class LedgerAccountsTest extends AccountTargetContract {
    @Override
    protected LedgerHarness harness(Path folder) {
        return new LedgerHarness(folder);
    }
}
