/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.tck.SignalContract;
import java.io.IOException;
import java.nio.file.Path;

class LdifSignalTest extends SignalContract {
    @Override
    protected LdifHarness harness(Path folder) throws IOException {
        return new LdifHarness(folder);
    }
}
