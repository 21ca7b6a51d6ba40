/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.tck.TargetContract;
import java.nio.file.Path;

class DirectoryTargetContractTest extends TargetContract {
    @Override
    protected DirectoryHarness harness(Path folder) {
        return new DirectoryHarness(folder);
    }
}
