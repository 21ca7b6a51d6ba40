/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the platform gives to a connector and hears from it. */
class InstanceServicesTest extends InstanceLab {
    @Test
    void dataFolder_isMadeForTheOwnerOnly() throws Exception {
        host.start(factory);

        Path data = factory.latest().context.dataFolder();
        assertThat(data).isEqualTo(folder.resolve("data/connectors/corp"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void badRecords_areCountedAllAndJournalledWithALimitedRate() {
        host.start(factory);
        for (int i = 0; i < 1_000; i++) {
            factory.latest().context.reportBadRecord("people.ldif:" + i, "no dn");
        }
        assertThat(host.status().badRecords()).isEqualTo(1_000);
        assertThat(host.platform.memoryJournal.of(EventType.BAD_RECORD)).hasSize(10);
    }

    @Test
    void failOver_isJournalled() {
        host.start(factory);
        factory.latest().context.reportFailOver("dc2", "dc1 does not answer");
        assertThat(host.platform.memoryJournal.of(EventType.PREFERRED_SERVER_FAILED))
                .singleElement()
                .satisfies(e -> assertThat(e.facts()).containsEntry(Fact.SERVER, "dc2"));
    }

    @Test
    void missingSecret_isRefusedWithTheRemedyAndOneEvent() {
        host.start(factory);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> factory.latest().context.accountSecret())
                    .hasMessageContaining("account:set corp");
        }
        assertThat(host.platform.memoryJournal.of(EventType.NO_START_CREDENTIALS)).hasSize(1);
    }

    @Test
    void legacyPolicy_withoutTheService_permitsNothingAndIsNoFaultOfThePlugin() {
        host.start(factory);
        factory.script =
                name -> {
                    factory.latest().context.legacyPolicy().use(LegacyAlgorithm.MD4, "a test");
                    return List.of();
                };
        ConnectorException thrown = failure("anna");
        assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(thrown.getMessage()).contains("doctor");
    }

    @Test
    void passwordVerifier_asksTheOneThatKnowsTheSchemeNow() {
        host.start(factory);
        PasswordVerifier verifier = factory.latest().context.passwordVerifier();
        Digest digest = new Digest("plain", "x");
        try (Secret password = Secret.ofChars("x".toCharArray())) {
            assertThatThrownBy(() -> verifier.verify(password, digest))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("plain");

            host.platform.verifiers.add(new PlainVerifier());
            assertThat(verifier.schemes()).containsExactly("plain");
            assertThat(verifier.verify(password, digest)).isTrue();
        }
    }

    private static final class PlainVerifier implements PasswordVerifier {
        @Override
        public Set<String> schemes() {
            return Set.of("plain");
        }

        @Override
        public Optional<String> fault(Digest digest) {
            return Optional.empty();
        }

        @Override
        public boolean verify(Secret password, Digest digest) {
            return new String(password.toChars()).equals(digest.encoded());
        }
    }
}
