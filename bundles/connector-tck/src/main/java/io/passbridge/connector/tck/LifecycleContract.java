/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.AccountSecretReset;
import io.passbridge.connector.AccountSource;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.health.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every connector keeps to, whatever it can do. */
public abstract class LifecycleContract {
    private static final List<Class<?>> CAPABILITIES =
            List.of(
                    PasswordSource.class,
                    PasswordTarget.class,
                    ChangeSignal.class,
                    AccountSource.class,
                    AccountTarget.class,
                    AccountSecretReset.class);

    /** The harness of the connector under test, over a system that works. */
    protected abstract ConnectorHarness harness(Path folder) throws Exception;

    @Test
    void descriptor_isConstantAndFollowsTheConventions(@TempDir Path folder) throws Exception {
        try (ConnectorHarness harness = harness(folder)) {
            ConnectorDescriptor descriptor = harness.factory().descriptor();
            assertThat(harness.factory().descriptor()).isEqualTo(descriptor);
            assertThat(descriptor.type()).matches("[a-z][a-z0-9]*");
            assertThat(descriptor.displayName()).isNotBlank();
            assertThat(descriptor.factoryPid()).isNotBlank().doesNotContain("-");
            for (Parameter parameter : harness.ownParameters()) {
                assertThat(parameter.name()).matches("[a-z][A-Za-z0-9]*");
                assertThat(parameter.description()).as(parameter.name()).endsWith(".");
                assertThat(parameter.name().toLowerCase(Locale.ROOT))
                        .as("secrets are not parameters")
                        .doesNotContain("password", "secret");
            }
            assertThat(descriptor.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
        }
    }

    @Test
    void documentation_namesEveryParameterWithItsDefaultAndItsValues(@TempDir Path folder)
            throws Exception {
        try (ConnectorHarness harness = harness(folder)) {
            List<Path> pages = harness.documentation();
            if (!pages.isEmpty()) {
                assertThat(ParameterTables.read(pages).faults(harness.factory().descriptor()))
                        .isEmpty();
            }
        }
    }

    @Test
    void validate_goodConfiguration_findsNoError(@TempDir Path folder) throws Exception {
        try (ConnectorHarness harness = harness(folder)) {
            assertThat(harness.factory().descriptor().parameters())
                    .allMatch(one -> one.faults(harness.context().configuration()).isEmpty());
            assertThat(harness.factory().validate(harness.context().configuration()))
                    .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        }
    }

    @Test
    void capability_answersTheSameEachTime(@TempDir Path folder) throws Exception {
        try (ConnectorHarness harness = harness(folder);
                Connector connector = harness.open()) {
            assertThat(CAPABILITIES).anyMatch(type -> connector.capability(type).isPresent());
            for (Class<?> type : CAPABILITIES) {
                assertThat(connector.capability(type).isPresent())
                        .as(type.getSimpleName())
                        .isEqualTo(connector.capability(type).isPresent());
            }
            assertThat(connector.capability(String.class)).isEmpty();
        }
    }

    @Test
    void test_ofAWorkingSystem_findsNoError(@TempDir Path folder) throws Exception {
        try (ConnectorHarness harness = harness(folder);
                Connector connector = harness.open()) {
            List<Finding> findings = connector.test();
            assertThat(findings)
                    .isNotEmpty()
                    .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
            assertThat(findings)
                    .filteredOn(finding -> finding.severity() != Finding.Severity.OK)
                    .allMatch(finding -> !finding.remedy().isBlank());
        }
    }

    @Test
    void close_isIdempotentAndLeavesNoThread(@TempDir Path folder) throws Exception {
        try (ConnectorHarness harness = harness(folder)) {
            harness.open().close();
            Set<Long> before = threads(harness);
            Connector connector = harness.open();
            connector.test();
            connector.close();
            connector.close();
            await().pollInSameThread()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(before).containsAll(threads(harness)));
        }
    }

    /** The threads but those that the platform lends to connectors. */
    private static Set<Long> threads(ConnectorHarness harness) {
        String lent = "connector-" + harness.context().configuration().instance();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().equals(lent))
                .filter(thread -> thread.getThreadGroup() != null)
                .filter(thread -> !thread.getThreadGroup().getName().equals("system"))
                .map(Thread::getId)
                .collect(Collectors.toSet());
    }
}
