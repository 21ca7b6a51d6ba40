/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.connector.tck.SourceReader.Seen;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.OpenLdapLab;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How servers are reached: pooled, one after the other, over restarts, and no further. */
@OnOpenLdap
class OpenLdapReachLiveTest {
    private static final int MANY = 200;

    @RegisterExtension static final Started<OpenLdapLab> LAB = Started.by(OpenLdapLab::start);

    @TempDir Path folder;

    private static PasswordSource source(Connector connector) {
        return connector.capability(PasswordSource.class).orElseThrow();
    }

    @Test
    void referral_isNotFollowed_andHidesNobody() throws Exception {
        try (ServerSocket elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LiveDirectory ldap = new LiveDirectory(LAB.get(), folder)) {
            CompletableFuture<Void> visited =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    elsewhere.accept().close();
                                } catch (java.io.IOException closed) {
                                    throw new java.io.UncheckedIOException(closed);
                                }
                            });
            SourceAnchor anna = ldap.addUser("anna");
            ldap.admin()
                    .add(
                            new Entry(
                                    "dn: ou=branch," + ldap.branch(),
                                    "objectClass: referral",
                                    "objectClass: extensibleObject",
                                    "ou: branch",
                                    "ref: ldap://127.0.0.1:"
                                            + elsewhere.getLocalPort()
                                            + "/ou=branch,dc=example,dc=com"));
            try (Connector connector = ldap.open()) {
                SourceReader reader = new SourceReader(connector);
                assertThat(reader.drain(10)).extracting(Seen::anchor).containsExactly(anna);
                assertThat(SourceReader.seen(source(connector).read(List.of(anna)))).hasSize(1);
                ldap.changePassword(anna);
                assertThat(reader.drain(10)).extracting(Seen::anchor).containsExactly(anna);
            }
            assertThat(visited).isNotDone();
        }
    }

    @Test
    void connectionsOfThePool_thatARestartBroke_areReplaced_withoutAFailure() throws Exception {
        try (LiveDirectory ldap = new LiveDirectory(LAB.get(), folder);
                Connector connector = ldap.open()) {
            SourceAnchor anna = ldap.addUser("anna");
            for (int i = 0; i < 3; i++) {
                assertThat(SourceReader.seen(source(connector).read(List.of(anna)))).hasSize(1);
                LAB.get().restart();
            }
            assertThat(SourceReader.seen(source(connector).read(List.of(anna)))).hasSize(1);
        }
    }

    @Test
    void preferredServerLost_theNextOneGoesOn_andIsReported() throws Exception {
        try (Wire first = new Wire(LAB.get().port());
                LiveDirectory ldap =
                        new LiveDirectory(
                                LAB.get(), folder, "servers", first.url() + "," + LAB.get().url());
                Connector connector = ldap.open()) {
            SourceAnchor anna = ldap.addUser("anna");
            SourceReader reader = new SourceReader(connector);
            assertThat(reader.drain(10)).hasSize(1);
            first.cut();
            ldap.changePassword(anna);
            assertThat(reader.drain(10)).extracting(Seen::anchor).containsExactly(anna);
            assertThat(ldap.context().reports())
                    .anyMatch(report -> report.startsWith("failover " + LAB.get().url()));
        }
    }

    @Test
    void namesAndValuesOfAnyBytes_areRead_andHarmNobody() throws Exception {
        try (LiveDirectory ldap = new LiveDirectory(LAB.get(), folder);
                Connector connector = ldap.open()) {
            String name = "j\u00f6rg, \u65e5\u672c";
            ldap.addUser("jorg");
            ldap.admin().modifyDN(ldap.dn("jorg"), new RDN("uid", name).toString(), true);
            SourceAnchor jorg =
                    new SourceAnchor(
                            ldap.admin()
                                    .searchForEntry(
                                            ldap.branch(),
                                            SearchScope.SUB,
                                            Filter.createEqualityFilter("uid", name),
                                            "entryUUID")
                                    .getAttributeValue("entryUUID"));
            SourceAnchor anna = ldap.addUser("anna");
            byte[] bytes = new byte[256];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
            ldap.admin()
                    .modify(
                            ldap.dn("anna"),
                            new Modification(ModificationType.REPLACE, "userPassword", bytes));
            SourceReader reader = new SourceReader(connector);
            assertThat(reader.drain(10)).extracting(Seen::anchor).containsExactly(jorg);
            assertThat(ldap.context().badRecords())
                    .singleElement()
                    .asString()
                    .contains("uid=anna", "the password itself");
            ldap.changePassword(anna);
            assertThat(reader.drain(10)).extracting(Seen::anchor).containsExactly(anna);
        }
    }

    @Test
    void targetKilledWhileUsersAreWritten_losesNobody_whenTheBatchComesAgain() throws Exception {
        try (LiveTarget ldap = new LiveTarget(LAB.get(), folder);
                Connector connector = ldap.open()) {
            List<PasswordUpdate> batch = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                SourceAnchor anchor = new SourceAnchor("many-" + i);
                ldap.addUser(anchor, "many" + i);
                batch.add(
                        new PasswordUpdate(
                                anchor,
                                new ChangeVersion(0, 1),
                                Instant.EPOCH,
                                AccountState.ACTIVE,
                                Optional.of(ldap.digest(i))));
            }
            PasswordTarget target = connector.capability(PasswordTarget.class).orElseThrow();
            target.schemes();
            ldap.wire().cutAtTheAnswerTo((byte) 0x66);
            assertThatThrownBy(() -> target.apply(batch))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN));
            LAB.get().kill();
            assertThatThrownBy(() -> target.apply(batch))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
            LAB.get().up();
            ldap.wire().mend();
            assertThat(target.apply(batch))
                    .hasSize(MANY)
                    .allMatch(
                            outcome ->
                                    outcome.outcome() == Outcome.APPLIED
                                            || outcome.outcome() == Outcome.ALREADY);
            assertThat(ldap.signsIn("many0", "Contract-Password-0")).contains(true);
            assertThat(ldap.signsIn("many199", "Contract-Password-199")).contains(true);
        }
    }

    @Test
    void targetsWrongPassword_isAnAuthenticationFailure_andNothingIsWritten() throws Exception {
        try (LiveTarget ldap = new LiveTarget(LAB.get(), folder);
                Connector connector = ldap.open()) {
            ldap.context().withAccount(OpenLdapLab.WRITER, "not-the-secret");
            PasswordTarget target = connector.capability(PasswordTarget.class).orElseThrow();
            assertThatThrownBy(target::schemes)
                    .hasMessageNotContaining("not-the-secret")
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION));
        }
    }
}
