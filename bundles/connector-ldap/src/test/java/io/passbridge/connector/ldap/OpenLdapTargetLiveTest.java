/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.tck.TargetContract;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of targets over OpenLDAP. */
@OnOpenLdap
class OpenLdapTargetLiveTest extends TargetContract {
    @RegisterExtension static final Started<OpenLdapLab> LAB = Started.by(OpenLdapLab::start);

    @Override
    protected TargetHarness harness(Path folder) throws Exception {
        return new LiveTarget(
                LAB.get(),
                folder,
                "schemes",
                "SSHA,SSHA256,SSHA384,SSHA512,PBKDF2-SHA1,PBKDF2-SHA256,PBKDF2-SHA512,"
                        + "ARGON2ID,ARGON2I,CRYPT-5,CRYPT-6,CRYPT-2B,CRYPT-7");
    }
}
