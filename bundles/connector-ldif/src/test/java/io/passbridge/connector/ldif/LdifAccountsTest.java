/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.tck.AccountSourceContract;
import java.io.IOException;
import java.nio.file.Path;

class LdifAccountsTest extends AccountSourceContract {
    @Override
    protected LdifHarness harness(Path folder) throws IOException {
        return new LdifHarness(folder);
    }
}
