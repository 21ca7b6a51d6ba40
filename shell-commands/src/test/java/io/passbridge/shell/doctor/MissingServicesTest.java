/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

class MissingServicesTest {
    private final List<ComponentDescriptionDTO> components = new ArrayList<>();
    private final Map<String, ComponentConfigurationDTO> states = new HashMap<>();

    @Test
    void everythingRuns_isOneGoodFinding() {
        component("Store", ComponentConfigurationDTO.ACTIVE);

        assertThat(findings()).extracting(Finding::severity).containsExactly(Severity.OK);
    }

    @Test
    void chain_isReportedAtItsRootOnce() {
        component("Scheduler", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "Journal");
        component("JournalList", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "Journal");
        components.get(1).bundle.id = 1;
        component("Journal", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "DataSource");

        List<Finding> findings = findings();

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).subject()).isEqualTo("data source");
        assertThat(findings.get(0).remedy()).contains("deploy/ that provides DataSource");
        assertThat(findings.get(0).text())
                .isEqualTo(
                        "no bundle provides data source;"
                                + " therefore not running: Lists, Store (2 parts)");
    }

    @Test
    void missingConfiguration_namesTheFile() {
        component("Scheduler", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "Mailer");
        component("Mailer", ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION);

        assertThat(findings())
                .singleElement()
                .satisfies(
                        f -> {
                            assertThat(f.subject()).isEqualTo("Store");
                            assertThat(f.remedy()).contains("etc/pid.Mailer.cfg");
                        });
    }

    @Test
    void lockedKeySet_isNamedAsSuch() {
        component("io.passbridge.keys.KeySetView", ComponentConfigurationDTO.ACTIVE);
        component(
                "Cycles",
                ComponentConfigurationDTO.UNSATISFIED_REFERENCE,
                "io.passbridge.keys.Unlocked");

        assertThat(findings())
                .singleElement()
                .satisfies(
                        f -> {
                            assertThat(f.subject()).isEqualTo("key set");
                            assertThat(f.remedy()).contains("keys:unlock");
                        });
    }

    @Test
    void closedStore_isLeftToItsOwnInspector() {
        String database = "io.passbridge.store.jdbc.database.Database";
        component("Journal", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, database);
        component("Scheduler", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "Journal");

        assertThat(findings()).isEmpty();
    }

    @Test
    void failedComponent_saysWhy() {
        component("Store", ComponentConfigurationDTO.FAILED_ACTIVATION);
        states.get("Store").failure = "io.passbridge.store.StoreException: disk full\n at line 1";
        component("Reader", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "Store");

        assertThat(findings())
                .singleElement()
                .satisfies(
                        f ->
                                assertThat(f.text())
                                        .isEqualTo(
                                                "failed to start: disk full;"
                                                        + " therefore not running: Store"));
    }

    @Test
    void failedConstructor_saysWhatTheFirstCauseWithWordsSays() {
        component("Syslog", ComponentConfigurationDTO.FAILED_ACTIVATION);
        states.get("Syslog").failure =
                "java.lang.reflect.InvocationTargetException\n"
                        + "\tat a.B.c(B.java:1)\n"
                        + "Caused by: java.lang.IllegalArgumentException: host is missing\n"
                        + "\t... 9\n"
                        + "Caused by: java.lang.NumberFormatException: x";

        assertThat(findings())
                .singleElement()
                .satisfies(f -> assertThat(f.text()).contains("failed to start: host is missing"));
    }

    @Test
    void severalMissingServices_areOneFindingThatNamesThemAll() {
        component("Journal", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "DataSource");
        component("Scheduler", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "KeyRing");

        assertThat(findings())
                .singleElement()
                .satisfies(
                        f -> {
                            assertThat(f.text())
                                    .startsWith("no bundle provides data source, key ring;");
                            assertThat(f.remedy()).endsWith("DataSource, KeyRing");
                        });
    }

    @Test
    void missingKeySet_isNotCalledLocked() {
        component(
                "Cycles",
                ComponentConfigurationDTO.UNSATISFIED_REFERENCE,
                "io.passbridge.keys.Unlocked");

        assertThat(findings()).extracting(Finding::remedy).noneMatch(r -> r.contains("unlock it"));
    }

    @Test
    void circle_isReportedAndEnds() {
        component("A", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "B");
        component("B", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "A");

        assertThat(findings()).extracting(Finding::text).anyMatch(t -> t.contains("each other"));
    }

    private List<Finding> findings() {
        return new MissingServices(
                        components,
                        c -> List.of(states.get(c.name)),
                        id -> id == 0 ? "Store" : "Lists")
                .findings();
    }

    private void component(String name, int state, String... missing) {
        ComponentDescriptionDTO component = new ComponentDescriptionDTO();
        component.name = name;
        component.defaultEnabled = true;
        component.serviceInterfaces = new String[] {name};
        component.configurationPid = new String[] {"pid." + name};
        component.bundle = new BundleDTO();
        component.references = new ReferenceDTO[missing.length];
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.state = state;
        configuration.unsatisfiedReferences = new UnsatisfiedReferenceDTO[missing.length];
        for (int i = 0; i < missing.length; i++) {
            component.references[i] = new ReferenceDTO();
            component.references[i].name = "ref" + i;
            component.references[i].interfaceName = missing[i];
            configuration.unsatisfiedReferences[i] = new UnsatisfiedReferenceDTO();
            configuration.unsatisfiedReferences[i].name = "ref" + i;
        }
        components.add(component);
        states.put(name, configuration);
    }
}
