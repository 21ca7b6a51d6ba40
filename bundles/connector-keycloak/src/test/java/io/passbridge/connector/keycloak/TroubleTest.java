/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import io.passbridge.itests.lab.Identity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server that misbehaves leads to. */
class TroubleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String GOOD =
            "{\"results\":[{\"id\":\"u1\",\"status\":\"applied\",\"detail\":\"\"}]}";

    @TempDir Path folder;
    private FaultServer server;
    private TestContext context;
    private Connector connector;

    @BeforeEach
    void open() throws Exception {
        server = new FaultServer();
        KeycloakConnectorFactory factory = new KeycloakConnectorFactory();
        context =
                new TestContext(
                                new TestConfiguration(
                                        "cloud",
                                        factory.descriptor(),
                                        folder,
                                        Map.of(
                                                "server",
                                                server.url(),
                                                "realm",
                                                "corp",
                                                "clientId",
                                                "passbridge",
                                                "timeoutSeconds",
                                                "1")),
                                folder)
                        .withAccount("", "secret")
                        .withClock(Clock.fixed(NOW, ZoneOffset.UTC));
        connector = factory.open(context);
    }

    @Test
    void fipsEnforced_onlyWhatIsApprovedIsConnectedTo_fromThatMomentOn() throws Exception {
        Identity identity = Identity.of(folder, "approved", "EC", "-1d", 90);
        KeycloakConnectorFactory factory = new KeycloakConnectorFactory();
        int port = URI.create(server.url()).getPort();
        try (Relay relay = new Relay(port, Optional.of(identity.context()));
                TestContext own =
                        new TestContext(
                                        new TestConfiguration(
                                                "cloud",
                                                factory.descriptor(),
                                                folder,
                                                Map.of(
                                                        "server",
                                                        relay.url(),
                                                        "realm",
                                                        "corp",
                                                        "clientId",
                                                        "passbridge",
                                                        "caFile",
                                                        identity.authority().toString())),
                                        folder)
                                .withAccount("", "secret")) {
            relay.offer("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA");
            try (Connector sealed = factory.open(own)) {
                PasswordTarget target = sealed.capability(PasswordTarget.class).orElseThrow();
                assertThat(target.schemes()).contains("pph1");
                own.withFipsEnforced();
                assertThatThrownBy(target::schemes)
                        .isInstanceOf(ConnectorException.class)
                        .hasMessageContaining(
                                "FIPS is enforced, and the server offers nothing that is approved")
                        .hasMessageContaining("TLSv1.2 with ECDHE and AES-GCM");
                assertThat(sealed.test())
                        .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                        .anyMatch(finding -> finding.text().contains("FIPS is enforced"));
                relay.offer("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
                assertThat(target.schemes()).contains("pph1");
            }
        }
    }

    @AfterEach
    void close() {
        connector.close();
        context.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED",
        "403, PERMISSION",
        "429, RATE_LIMITED",
        "500, OUTCOME_UNKNOWN",
        "502, OUTCOME_UNKNOWN",
        "503, UNREACHABLE",
        "504, OUTCOME_UNKNOWN"
    })
    void status_hasItsKind(int status, Kind kind) {
        server.passwords = exchange -> FaultServer.answer(exchange, status, "{\"error\":\"x\"}");
        assertThat(failure().kind()).isEqualTo(kind);
    }

    @Test
    void tooManyRequests_saysWhenToComeBack() {
        server.passwords =
                exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", "7");
                    FaultServer.answer(exchange, 429, "");
                };
        assertThat(failure().retryAt()).contains(NOW.plusSeconds(7));
    }

    @Test
    void refusedToken_isRenewedOnce() throws Exception {
        server.passwords =
                exchange -> {
                    boolean renewed =
                            exchange.getRequestHeaders().getFirst("Authorization").endsWith("t2");
                    FaultServer.answer(exchange, renewed ? 200 : 401, renewed ? GOOD : "");
                };
        assertThat(apply()).extracting(ItemOutcome::outcome).containsExactly(Outcome.APPLIED);
        assertThat(server.tokens).hasValue(2);
    }

    @Test
    void tokenRefusedTwice_isAQuestionOfTheAccount() {
        server.passwords = exchange -> FaultServer.answer(exchange, 401, "");
        assertThat(failure().kind()).isEqualTo(Kind.AUTHENTICATION);
    }

    @Test
    void wrongSecret_namesTheRemedy() {
        server.tokenStatus = 401;
        ConnectorException failure = failure();
        assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(failure).hasMessageContaining("account:set cloud");
    }

    @Test
    void slowAnswer_isAnUnknownOutcome() {
        server.passwords = exchange -> exchange.sendResponseHeaders(200, 0);
        assertThat(failure().kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"results\":[{\"id\":\"u1\",\"sta",
                "<html>maintenance</html>",
                "{\"results\":[]}",
                "{\"results\":[{\"id\":\"u2\",\"status\":\"applied\"}]}",
                "{\"results\":[{\"id\":\"u1\",\"status\":\"perhaps\"}]}"
            })
    void halfOrForeignAnswer_isAnUnknownOutcome(String body) {
        server.passwords = exchange -> FaultServer.answer(exchange, 200, body);
        assertThat(failure().kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    @Test
    void connectionCutInTheAnswer_isAnUnknownOutcome() {
        server.passwords =
                exchange -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    exchange.close();
                };
        assertThat(failure().kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    @Test
    void serverThatIsGone_isUnreachable() {
        server.close();
        assertThat(failure().kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void clocksThatDiffer_areTold() {
        String words = "the clocks of Keycloak and of this machine are ";
        assertThat(connector.test())
                .filteredOn(finding -> finding.text().startsWith(words))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).contains("NTP"));
        context.withClock(Clock.systemUTC());
        assertThat(connector.test())
                .extracting(Finding::text)
                .noneMatch(text -> text.startsWith(words))
                .anyMatch(text -> text.startsWith("Keycloak answers at "));
    }

    private ConnectorException failure() {
        ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> apply());
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).doesNotContain("v1;PPH1");
        return failure;
    }

    private List<ItemOutcome> apply() throws ConnectorException {
        return connector
                .capability(PasswordTarget.class)
                .orElseThrow()
                .apply(
                        List.of(
                                new PasswordUpdate(
                                        new SourceAnchor("anna"),
                                        new ChangeVersion(0, 1),
                                        NOW,
                                        AccountState.ACTIVE,
                                        Optional.of(
                                                new Digest("pph1", "v1;PPH1_MD4,00,1000,00;")))));
    }
}
