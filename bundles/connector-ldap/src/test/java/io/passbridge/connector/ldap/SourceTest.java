/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.tck.SourceContract;
import io.passbridge.connector.tck.SourceHarness;
import java.nio.file.Path;

/** The contract of sources over a server that tells changes by their times alone. */
class SourceTest extends SourceContract {
    @Override
    protected SourceHarness harness(Path folder) throws Exception {
        return new InMemory(folder);
    }
}
