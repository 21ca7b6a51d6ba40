/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.tck.AccountTargetContract;
import java.nio.file.Path;

class DirectoryAccountTargetContractTest extends AccountTargetContract {
    @Override
    protected DirectoryHarness harness(Path folder) {
        return new DirectoryHarness(folder);
    }
}
