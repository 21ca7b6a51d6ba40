/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import io.passbridge.connector.tck.TargetContract;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract of targets, by connector and agent over a real domain. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.SambaLab#possible",
        disabledReason =
                "no Samba domain controller can be made here: that needs root and samba-ad-dc")
class TargetContractLiveTest extends TargetContract {
    private static SambaLab lab;

    @BeforeAll
    static void provision() throws Exception {
        lab = SambaLab.other("127.0.0.64", "branch.example");
    }

    @AfterAll
    static void end() throws Exception {
        lab.close();
    }

    @Override
    protected TargetHarness harness(Path folder) throws Exception {
        return new DomainHarness(lab, "127.0.0.64:8636", folder);
    }
}
