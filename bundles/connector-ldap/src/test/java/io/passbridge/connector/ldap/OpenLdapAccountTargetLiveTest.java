/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.tck.AccountTargetContract;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of targets that create users over OpenLDAP. */
@OnOpenLdap
class OpenLdapAccountTargetLiveTest extends AccountTargetContract {
    @RegisterExtension static final Started<OpenLdapLab> LAB = Started.by(OpenLdapLab::start);

    @Override
    protected TargetHarness harness(Path folder) throws Exception {
        return new LiveTarget(LAB.get(), folder, "users", "create");
    }
}
