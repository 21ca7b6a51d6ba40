/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.tck.SourceContract;
import io.passbridge.connector.tck.SourceHarness;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of sources over OpenLDAP and content synchronisation. */
@OnOpenLdap
class OpenLdapSourceLiveTest extends SourceContract {
    @RegisterExtension static final Started<OpenLdapLab> LAB = Started.by(OpenLdapLab::start);

    @Override
    protected SourceHarness harness(Path folder) throws Exception {
        return new LiveDirectory(LAB.get(), folder);
    }
}
