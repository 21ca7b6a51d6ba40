/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.tck.SourceContract;
import io.passbridge.connector.tck.SourceHarness;
import io.passbridge.itests.lab.Directory389Lab;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of sources over 389 Directory Server and content synchronisation. */
@OnDirectory389
class Directory389SourceLiveTest extends SourceContract {
    @RegisterExtension
    static final Started<Directory389Lab> LAB = Started.by(Directory389Lab::start);

    @Override
    protected SourceHarness harness(Path folder) throws Exception {
        return new LiveDirectory(LAB.get(), folder);
    }
}
