/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.tck.AccountSourceContract;
import io.passbridge.connector.tck.SourceHarness;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of user objects over OpenLDAP and content synchronisation. */
@OnOpenLdap
class OpenLdapAccountsLiveTest extends AccountSourceContract {
    @RegisterExtension static final Started<OpenLdapLab> LAB = Started.by(OpenLdapLab::start);

    @Override
    protected SourceHarness harness(Path folder) throws Exception {
        return new LiveDirectory(LAB.get(), folder, "attributes", "position=title");
    }
}
