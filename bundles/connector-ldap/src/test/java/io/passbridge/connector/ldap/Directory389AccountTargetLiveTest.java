/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.tck.AccountTargetContract;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.itests.lab.Directory389Lab;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract of targets that create users over 389 Directory Server. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.Directory389Lab#possible",
        disabledReason = "no 389 Directory Server can be made here: that needs 389-ds-base")
class Directory389AccountTargetLiveTest extends AccountTargetContract {
    private static Directory389Lab lab;

    @BeforeAll
    static void start() throws Exception {
        lab = Directory389Lab.start();
    }

    @AfterAll
    static void stop() throws Exception {
        lab.close();
    }

    @Override
    protected TargetHarness harness(Path folder) throws Exception {
        return new LiveTarget(lab, folder, "users", "create");
    }
}
