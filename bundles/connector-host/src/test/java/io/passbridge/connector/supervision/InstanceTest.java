/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.event.EventType;
import io.passbridge.health.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a configuration to a connector that is online, paused or faulty. */
class InstanceTest extends InstanceLab {
    @Test
    void configuredInstance_withItsBundle_isReadyAndThenOnline() throws Exception {
        host.start(factory);

        assertThat(host.phase()).isEqualTo(Phase.READY);
        assertThat(host.status().capabilities())
                .containsExactlyInAnyOrder("AccountSource", "ChangeSignal", "AccountSecretReset");
        assertThat(host.find("anna")).isEmpty();
        assertThat(host.phase()).isEqualTo(Phase.ONLINE);
        assertThat(host.platform.memoryJournal.of(EventType.CONNECTOR_ONLINE)).hasSize(1);
        assertThat(host.status().calls()).isEqualTo(1);
    }

    @Test
    void whatAConnectorSaysOfItself_doesNotBringItOnline() throws Exception {
        host.start(factory);
        factory.script =
                name -> {
                    throw new ConnectorException(Kind.UNREACHABLE, "the file is not there");
                };
        assertThat(failure("anna").kind()).isEqualTo(Kind.UNREACHABLE);

        String told = host.corp().ask(AccountSource.class, source -> "of itself");

        assertThat(told).isEqualTo("of itself");
        assertThat(host.phase()).isEqualTo(Phase.OFFLINE);
        assertThat(host.platform.memoryJournal.of(EventType.CONNECTOR_OFFLINE)).hasSize(1);
    }

    @Test
    void configuration_beforeItsBundle_waitsForIt() {
        host.slot.updated(HostFixture.CORP, Map.of("file", "people.ldif"));
        assertThat(host.phase()).isEqualTo(Phase.NO_BUNDLE);
        assertThat(failure("anna").kind()).isEqualTo(Kind.UNREACHABLE);

        host.slot.offer(factory.candidate(0, 1));
        assertThat(host.phase()).isEqualTo(Phase.READY);
    }

    @Test
    void invalidConfiguration_reportsEveryFaultAndOpensNothing() {
        host.slot.offer(factory.candidate(0, 1));
        host.slot.updated(HostFixture.CORP, Map.of("pagesize", "7", "follow", "perhaps"));

        assertThat(host.phase()).isEqualTo(Phase.INVALID);
        assertThat(host.status().detail())
                .contains("file is not set")
                .contains("follow is 'perhaps'")
                .contains("did you mean pageSize?");
        assertThat(factory.opened).isEmpty();
    }

    @Test
    void faultFoundByTheConnector_isShownAndMendedByANewConfiguration() {
        factory.faults = List.of(Finding.error("file", "is a folder", "name a file"));
        host.start(factory);
        assertThat(host.status().detail()).isEqualTo("file is a folder (name a file)");

        factory.faults = List.of();
        host.slot.updated(HostFixture.CORP, Map.of("file", "other.ldif"));
        assertThat(host.phase()).isEqualTo(Phase.READY);
    }

    @Test
    void secondInstanceWithOneName_isRefusedUntilTheFirstGoes() throws Exception {
        host.start(factory);
        FactorySlot other = new FactorySlot("com.example.other", host.surroundings, host.instances);
        ScriptedFactory second = new ScriptedFactory();
        other.offer(second.candidate(0, 2));
        other.updated("com.example.other~corp", Map.of("file", "x"));

        Instance refused =
                host.instances.all().stream()
                        .filter(i -> i.pid().startsWith("com.example"))
                        .findFirst()
                        .orElseThrow();
        assertThat(refused.status().phase()).isEqualTo(Phase.INVALID);
        assertThat(refused.status().detail()).contains(HostFixture.CORP);
        assertThat(host.corp().pid()).isEqualTo(HostFixture.CORP);

        host.slot.deleted(HostFixture.CORP);
        assertThat(host.corp()).isSameAs(refused);
        assertThat(host.phase()).isEqualTo(Phase.READY);
        other.close();
    }

    @Test
    void pause_isJournalledRefusesCallsAndSurvivesARestart() throws Exception {
        host.start(factory);
        host.corp().pause(true);

        assertThat(host.phase()).isEqualTo(Phase.PAUSED);
        assertThat(failure("anna").getMessage()).contains("connector:resume corp");
        assertThat(host.platform.memoryJournal.of(EventType.CONNECTOR_PAUSED)).hasSize(1);
        host.close();

        host = new HostFixture(folder);
        host.start(factory);
        assertThat(host.phase()).isEqualTo(Phase.PAUSED);
        host.corp().pause(false);
        assertThat(host.find("anna")).isEmpty();
    }

    @Test
    void pause_thatCannotBeJournalled_isRefused() throws Exception {
        host.start(factory);
        host.platform.memoryJournal.broken = true;

        assertThatThrownBy(() -> host.corp().pause(true)).hasMessageContaining("disk full");
        assertThat(host.phase()).isEqualTo(Phase.READY);
        assertThat(host.find("anna")).isEmpty();
    }

    @Test
    void connectorThatCannotBeOpened_isTriedAgain() {
        factory.refusal = new ConnectorException(Kind.UNREACHABLE, "port in use");
        host.start(factory);
        assertThat(host.phase()).isEqualTo(Phase.OFFLINE);

        factory.refusal = null;
        await().until(() -> host.phase() == Phase.READY);
    }
}
