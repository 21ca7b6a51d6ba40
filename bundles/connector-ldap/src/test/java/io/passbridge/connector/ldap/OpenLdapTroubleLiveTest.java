/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.connector.tck.SourceReader.Seen;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What goes wrong between the connector and an OpenLDAP server. */
@OnOpenLdap
class OpenLdapTroubleLiveTest extends OpenLdapLive {
    @Test
    void memoryOfUsersLost_leadsToOneFullRead() throws Exception {
        ldap.addUser("anna");
        Watermark end;
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            end = reader.watermark();
        }
        Files.delete(ldap.context().dataFolder().resolve("versions"));
        try (Connector connector = ldap.open()) {
            assertThatThrownBy(() -> new SourceReader(connector, end).drain(10))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.WATERMARK_EXPIRED));
            SourceReader reader = new SourceReader(connector);
            assertThat(reader.drain(10)).hasSize(1);
            assertThat(reader.drain(10)).isEmpty();
        }
    }

    @Test
    void serverRestartedInMidRun_theRunBeginsAnew_andBringsEverybody() throws Exception {
        for (int i = 0; i < 20; i++) {
            ldap.addUser("user" + i);
        }
        try (Connector connector = ldap.open()) {
            PasswordSource source = source(connector);
            Watermark at;
            try (ChangePage page = source.changes(Watermark.BEGINNING, 5)) {
                assertThat(page.durable()).isFalse();
                at = page.next();
            }
            LAB.get().kill();
            assertThatThrownBy(
                            () -> {
                                Watermark from = at;
                                while (true) {
                                    try (ChangePage page = source.changes(from, 1)) {
                                        from = page.next();
                                        if (!page.more()) {
                                            // all of it had been sent before
                                            source.changes(Watermark.BEGINNING, 1).close();
                                        }
                                    }
                                }
                            })
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
            LAB.get().up();
            assertThat(new SourceReader(connector).drain(5)).hasSize(20);
        }
    }

    @Test
    void connectionCutInMidAnswer_isAFailure_andNeverAShortAnswer() throws Exception {
        for (int i = 0; i < 100; i++) {
            ldap.addUser("user" + i);
        }
        try (Connector connector = ldap.open()) {
            ldap.wire().cutAfter(20_000);
            assertThatThrownBy(() -> new SourceReader(connector).drain(1_000))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
            ldap.wire().mend();
            assertThat(new SourceReader(connector).drain(1_000)).hasSize(100);
        }
    }

    @Test
    void cookieThatTheServerForgot_bringsWhoIsGone_withoutASessionLog() throws Exception {
        List<SourceAnchor> users =
                List.of(ldap.addUser("anna"), ldap.addUser("bert"), ldap.addUser("carl"));
        LAB.get().restartWithSync("nolog");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            assertThat(reader.drain(10)).hasSize(3);
            ldap.delete(users.get(0));
            ldap.changePassword(users.get(1));
            List<Seen> seen = reader.drain(10);
            assertThat(anchors(seen)).isEqualTo(Set.of(users.get(0).value(), users.get(1).value()));
            assertThat(seen)
                    .filteredOn(one -> one.anchor().equals(users.get(0)))
                    .allMatch(one -> one.state().has(Flag.DELETED));
            assertThat(reader.drain(10)).isEmpty();
        } finally {
            LAB.get().restartWithSync("log");
        }
    }

    @Test
    void positionOfAnotherScope_isExpired_andAFullReadTellsWhoIsGone() throws Exception {
        SourceAnchor anna = ldap.addUser("anna");
        ldap.addUser("bert");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            ldap.delete(anna);
            Watermark foreign = Watermark.of("ldap1 content-sync 0 - 0 0 0 AAAA".getBytes());
            assertThatThrownBy(() -> source(connector).changes(foreign, 10))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.WATERMARK_EXPIRED));
            List<Seen> seen = new SourceReader(connector).drain(10);
            assertThat(seen).hasSize(2);
            assertThat(seen)
                    .filteredOn(one -> one.anchor().equals(anna))
                    .allMatch(one -> one.state().has(Flag.DELETED));
        }
    }

    @Test
    void bindPasswordWrong_isAnAuthenticationFailure_ofTheFirstServerAlone() throws Exception {
        ldap.context().withAccount(OpenLdapLab.SYNC, "wrong");
        try (Connector connector = ldap.open()) {
            assertThatThrownBy(() -> source(connector).changes(Watermark.BEGINNING, 10))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> {
                                assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION);
                                assertThat(e.getMessage())
                                        .contains("account:set")
                                        .doesNotContain("wrong-");
                            });
        }
    }

    @Test
    void serversLimit_cutsTheAnswerOff_andThatIsAFailure() throws Exception {
        for (int i = 0; i < 5; i++) {
            ldap.addUser("user" + i);
        }
        ldap.context().withAccount(OpenLdapLab.LIMITED, OpenLdapLab.LIMITED_PASSWORD);
        try (Connector connector = ldap.open()) {
            assertThatThrownBy(() -> new SourceReader(connector).drain(100))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.PERMISSION));
            assertThat(connector.test())
                    .anyMatch(
                            finding ->
                                    finding.text().contains("2 entries at most")
                                            && finding.remedy().contains("size=unlimited"));
        }
    }

    @Test
    void everybodyHidden_isNotEverybodyDeleted() throws Exception {
        for (int i = 0; i < 12; i++) {
            ldap.addUser("user" + i);
        }
        try (Connector connector = ldap.open()) {
            new SourceReader(connector).drain(100);
        }
        ldap.context().withAccount(OpenLdapLab.BLIND, OpenLdapLab.BLIND_PASSWORD);
        try (Connector connector = ldap.open()) {
            assertThatThrownBy(() -> new SourceReader(connector).drain(100))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> {
                                assertThat(e.kind()).isEqualTo(Kind.PERMISSION);
                                assertThat(e.getMessage()).contains("nobody is taken for deleted");
                            });
        }
    }

    @Test
    void passwordChanged_isSignalledAtOnce() throws Exception {
        SourceAnchor anna = ldap.addUser("anna");
        try (Connector connector = ldap.open()) {
            new SourceReader(connector).drain(10);
            Signals signals = new Signals();
            try (ChangeSignal.Subscription subscription =
                    connector.capability(ChangeSignal.class).orElseThrow().subscribe(signals)) {
                signals.awaitSilence();
                int before = signals.count();
                ldap.changePassword(anna);
                await().atMost(Duration.ofSeconds(5)).until(() -> signals.count() > before);
                assertThat(subscription).isNotNull();
            }
        }
    }

    @Test
    void serverAway_isSignalledOnce_andNotAgainAndAgain() throws Exception {
        ldap.addUser("anna");
        try (Connector connector = ldap.open()) {
            new SourceReader(connector).drain(10);
            Signals signals = new Signals();
            try (ChangeSignal.Subscription subscription =
                    connector.capability(ChangeSignal.class).orElseThrow().subscribe(signals)) {
                signals.awaitSilence();
                int before = signals.count();
                ldap.wire().cut();
                await().atMost(Duration.ofSeconds(5)).until(() -> signals.count() > before);
                await().during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(4))
                        .until(() -> signals.count() == before + 1);
                assertThat(subscription).isNotNull();
            }
        }
    }

    private static final class Signals implements Runnable {
        private final AtomicInteger count = new AtomicInteger();

        int count() {
            return count.get();
        }

        /** Past the clock's first, and what the server says when listening begins. */
        void awaitSilence() {
            await().until(() -> count() > 0);
            int[] last = {count()};
            await().during(Duration.ofMillis(1_500))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> last[0] == (last[0] = count()));
        }

        @Override
        public void run() {
            count.incrementAndGet();
        }
    }
}
