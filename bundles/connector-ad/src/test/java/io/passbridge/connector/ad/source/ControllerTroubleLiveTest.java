/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.replication.AuthenticationChoice;
import io.passbridge.connector.ad.replication.DirectoryAccount;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.connector.ad.replication.ReplicationSettings;
import io.passbridge.connector.ad.session.DrsReplicationClient;
import io.passbridge.credential.Secret;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real controller answers when something is wrong with it, and what is made of that. */
@LiveDomain
class ControllerTroubleLiveTest {
    private static final String CONFIGURATION = "CN=Configuration," + SambaLab.HEAD;
    private static final String SETTINGS =
            "dn: CN=NTDS Settings,CN=DC1,CN=Servers,CN=Default-First-Site-Name,CN=Sites,"
                    + CONFIGURATION
                    + "\nchangetype: modify\n";

    private static final int IS_GLOBAL_CATALOG = 1;
    private static final int DISABLE_OUTBOUND = 4;

    private SambaLab lab;
    private Domain domain;

    @BeforeEach
    void configure(SambaLab shared, @TempDir Path data) {
        lab = shared;
        domain = new Domain(lab, data);
    }

    @AfterEach
    void close() {
        domain.close();
    }

    private ReplicationSession session(String secret) throws ReplicationException {
        try (Secret password = Secret.ofChars(secret.toCharArray())) {
            return new DrsReplicationClient(FixedPolicy.permitting())
                    .open(
                            ReplicationEndpoint.of("dc1.corp.example").at(lab.address()),
                            DirectoryAccount.withPassword(
                                    Domain.ACCOUNT, SambaLab.DOMAIN, password),
                            ReplicationSettings.DEFAULTS.withAuthentication(
                                    AuthenticationChoice.NTLM));
        }
    }

    private ReplicationSession session() throws ReplicationException {
        return session(Domain.secretOf(Domain.ACCOUNT));
    }

    /** Switches outbound replication of the first controller on or off, as repadmin does. */
    static void outboundReplication(SambaLab lab, boolean on) throws Exception {
        int options = on ? IS_GLOBAL_CATALOG : IS_GLOBAL_CATALOG | DISABLE_OUTBOUND;
        lab.modify(SETTINGS + "replace: options\noptions: " + options + "\n");
    }

    @Test
    void outboundReplicationSwitchedOff_isToldWithTheRemedy() throws Exception {
        LiveSource source = domain.source();
        source.run(1000);
        outboundReplication(lab, false);
        try {
            assertThatThrownBy(() -> source.run(1000))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                    .hasMessageContaining("error 8456")
                    .hasMessageContaining("outbound replication is switched off at dc1")
                    .hasMessageContaining("-DISABLE_OUTBOUND_REPL");
        } finally {
            outboundReplication(lab, true);
        }
        assertThat(source.run(1000)).as("goes on by itself").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DC=other,DC=example                     | 8440 | NAMING_CONTEXT",
                "OU=People,DC=corp,DC=example            | 8420 | NAMING_CONTEXT",
                "CN=Configuration,DC=corp,DC=example     | 8453 | PERMISSION"
            })
    void namingContextThatCannotBeRead_hasItsCode(
            String name, int code, ReplicationException.Kind kind) throws Exception {
        try (ReplicationSession session = session()) {
            ReplicationException refusal =
                    catchThrowableOfType(
                            ReplicationException.class,
                            () -> session.replicate(name, ReplicationCursor.START, 10));

            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.kind()).isEqualTo(kind);
            assertThat(refusal).hasMessageContaining(name);
        }
    }

    @Test
    void objectThatIsNotThere_isNotFound() throws Exception {
        try (ReplicationSession session = session()) {
            ReplicationException refusal =
                    catchThrowableOfType(
                            ReplicationException.class,
                            () -> session.replicateObject("CN=nobody,OU=People," + SambaLab.HEAD));

            assertThat(refusal.code()).isEqualTo(8439);
            assertThat(refusal.kind()).isEqualTo(ReplicationException.Kind.NOT_FOUND);
        }
    }

    @Test
    void wrongPassword_isRefusedAtTheFirstCallOfReplication() {
        ReplicationException refusal =
                catchThrowableOfType(ReplicationException.class, () -> session("wrong").close());

        assertThat(refusal.code()).isEqualTo(0x1c01000b);
        assertThat(refusal.kind()).isEqualTo(ReplicationException.Kind.AUTHENTICATION);
        assertThat(refusal).hasMessageContaining("svc-sync@corp.example");
    }

    @Test
    void controllerThatForbidsNtlm_isReadWithKerberos_andNtlmIsToldOf() throws Exception {
        lab.restartWith("ntlm auth = disabled");
        try {
            domain.set("authentication", "kerberos-or-ntlm");
            assertThat(domain.source().run(1000)).isNotEmpty();

            domain.set("authentication", "ntlm");
            assertThatThrownBy(() -> domain.source().run(1000))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION))
                    .hasMessageContaining("0x1c01000b")
                    .hasMessageContaining("whether NTLM is allowed there");
        } finally {
            lab.restartWith();
        }
    }

    @Test
    void controllerOfAnotherDomain_isAMistakeOfTheConfiguration() {
        domain.set("domain", "other.example").set("searchBases", "");
        domain.open(Domain.ACCOUNT + "@" + SambaLab.DOMAIN, Domain.secretOf(Domain.ACCOUNT));

        assertThatThrownBy(
                        () ->
                                new LiveSource(
                                                domain.connector()
                                                        .capability(PasswordSource.class)
                                                        .orElseThrow())
                                        .run(10))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("DC=corp,DC=example")
                .hasMessageContaining("'domain'");
    }

    /** Samba reads the epoch under a name that its own schema does not have. */
    @Test
    void replicationEpochOfARenamedDomain_isTakenUp() throws Exception {
        LiveSource source = domain.source();
        source.run(1000);
        lab.modifyRaw(
                CONFIGURATION,
                SETTINGS + "replace: ms-DS-ReplicationEpoch\nms-DS-ReplicationEpoch: 7\n");
        try (ReplicationSession session = session()) {
            assertThat(session.facts().replicationEpoch()).isEqualTo(7);
            session.replicate(SambaLab.HEAD, ReplicationCursor.START, 10).close();
            assertThat(source.run(1000)).as("nothing missed, nothing repeated").isEmpty();
        } finally {
            lab.modifyRaw(CONFIGURATION, SETTINGS + "delete: ms-DS-ReplicationEpoch\n");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectionThatBroke_isReplacedOnTheSameController(boolean ldap) throws Exception {
        domain.open();
        try (Controllers controllers = controllers()) {
            Controller first = controllers.call(controller -> controller);

            Controller second =
                    controllers.call(
                            controller -> {
                                if (controller == first && ldap) {
                                    first.ldap().close();
                                } else if (controller == first) {
                                    first.replication().close();
                                }
                                controller.directory().maxPasswordAge();
                                controller
                                        .replication()
                                        .replicate(SambaLab.HEAD, ReplicationCursor.START, 1)
                                        .close();
                                return controller;
                            });

            assertThat(second).isNotSameAs(first);
            assertThat(second.endpoint()).isEqualTo(first.endpoint());
            assertThat(domain.context().reports()).as("no other controller").isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"EPOCH_CHANGED,2", "CONTROLLER_REFUSES,1"})
    void sameController_isTriedAgainWhereThatCanHelp(
            ReplicationException.Kind kind, int expectedTries) throws Exception {
        domain.open();
        try (Controllers controllers = controllers()) {
            controllers.call(controller -> controller);
            AtomicInteger tries = new AtomicInteger();

            catchThrowableOfType(
                    ConnectorException.class,
                    () ->
                            controllers.call(
                                    controller -> {
                                        if (tries.incrementAndGet() == 1) {
                                            throw new ReplicationException(kind, 0, "once", "-");
                                        }
                                        return controller;
                                    }));

            assertThat(tries).hasValue(expectedTries);
        }
    }

    private Controllers controllers() {
        return new Controllers(AdSettings.of(domain.context().configuration()), domain.context());
    }
}
