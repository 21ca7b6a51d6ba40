/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.tck.TargetContract;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract of targets over OpenLDAP. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.OpenLdapLab#possible",
        disabledReason = "no OpenLDAP server can be made here: that needs slapd and ldap-utils")
class OpenLdapTargetLiveTest extends TargetContract {
    private static OpenLdapLab lab;

    @BeforeAll
    static void start() throws Exception {
        lab = OpenLdapLab.start();
    }

    @AfterAll
    static void stop() throws Exception {
        lab.close();
    }

    @Override
    protected TargetHarness harness(Path folder) throws Exception {
        return new LiveTarget(
                lab,
                folder,
                "schemes",
                "SSHA,SSHA256,SSHA384,SSHA512,PBKDF2-SHA1,PBKDF2-SHA256,PBKDF2-SHA512,"
                        + "ARGON2ID,ARGON2I,CRYPT-5,CRYPT-6,CRYPT-2B,CRYPT-7");
    }
}
