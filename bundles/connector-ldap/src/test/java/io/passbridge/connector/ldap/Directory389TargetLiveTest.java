/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.tck.TargetContract;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.Directory389Lab;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The contract of targets over 389 Directory Server. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.Directory389Lab#possible",
        disabledReason = "no 389 Directory Server can be made here: that needs 389-ds-base")
class Directory389TargetLiveTest extends TargetContract {
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
        return new LiveTarget(lab, folder);
    }

    @Test
    void accountThatIsNoPasswordAdministrator_isToldSo_andNothingIsWritten(@TempDir Path folder)
            throws Exception {
        try (LiveTarget ldap = new LiveTarget(lab, folder);
                Connector connector = ldap.open()) {
            SourceAnchor anna = new SourceAnchor("anchor-of-anna");
            ldap.addUser(anna, "anna");
            PasswordUpdate update =
                    new PasswordUpdate(
                            anna,
                            new ChangeVersion(0, 1),
                            Instant.EPOCH,
                            AccountState.ACTIVE,
                            Optional.of(ldap.digest(1)));
            PasswordTarget target = connector.capability(PasswordTarget.class).orElseThrow();
            administrator(ldap, Directory389Lab.SYNC);
            try {
                assertThatThrownBy(() -> target.apply(List.of(update)))
                        .isInstanceOfSatisfying(
                                ConnectorException.class,
                                e -> {
                                    assertThat(e.kind()).isEqualTo(Kind.PERMISSION);
                                    assertThat(e.getMessage()).contains("passwordAdminDN");
                                });
            } finally {
                administrator(ldap, Directory389Lab.WRITER);
            }
            assertThat(ldap.storedDigest(anna)).isEmpty();
            assertThat(target.apply(List.of(update)))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.APPLIED);
        }
    }

    private static void administrator(LiveTarget ldap, String account) throws Exception {
        ldap.admin()
                .modify(
                        "cn=config",
                        new Modification(ModificationType.REPLACE, "passwordAdminDN", account));
    }
}
