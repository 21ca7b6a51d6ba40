/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.tck.SourceContract;
import io.passbridge.connector.tck.SourceHarness;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of sources over OpenLDAP without a sync provider: by the times of changes. */
@OnOpenLdap
class OpenLdapByTimeLiveTest extends SourceContract {
    private static OpenLdapLab lab;

    @BeforeAll
    static void start() throws Exception {
        lab = OpenLdapLab.start();
        lab.restartWithSync("none");
    }

    @AfterAll
    static void stop() throws Exception {
        lab.close();
    }

    @Override
    protected SourceHarness harness(Path folder) throws Exception {
        return new LiveDirectory(lab, folder, "listSeconds", "0");
    }
}
