/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.List;

/** Looks for what is wrong with connectors. */
final class ConnectorInspection {
    private final ConnectorRegistry registry;
    private final Instances instances;
    private final FactoryTracker factories;

    ConnectorInspection(ConnectorRegistry registry, Instances instances, FactoryTracker factories) {
        this.registry = registry;
        this.instances = instances;
        this.factories = factories;
    }

    List<Finding> inspect() {
        List<Finding> findings = new ArrayList<>();
        registry.instances().forEach(status -> findings.addAll(of(status)));
        instances.all().stream()
                .filter(instance -> instance.lateReports() > 0)
                .forEach(instance -> findings.add(late(instance)));
        factories
                .rivals()
                .forEach((factoryPid, bundles) -> findings.add(rivals(factoryPid, bundles)));
        if (findings.isEmpty()) {
            findings.add(
                    Finding.note(
                            "connectors",
                            "no connector is configured",
                            "put a file io.passbridge.connector.TYPE-NAME.cfg into etc/"));
        }
        findings.sort((one, other) -> other.severity().compareTo(one.severity()));
        return List.copyOf(findings);
    }

    private static List<Finding> of(ConnectorStatus status) {
        List<Finding> findings = new ArrayList<>();
        String subject = "connector " + status.name();
        String text =
                status.phase().inWords()
                        + (status.detail().isEmpty() ? "" : ": " + status.detail());
        switch (status.phase()) {
            case ONLINE, READY -> findings.add(Finding.ok(subject, text));
            case PAUSED ->
                    findings.add(
                            Finding.note(subject, "PAUSED", "connector:resume " + status.name()));
            case DRAINING ->
                    findings.add(
                            Finding.note(subject, text, "wait; a running call is being ended"));
            case DEGRADED ->
                    findings.add(Finding.warning(subject, text, "connector:test " + status.name()));
            case OFFLINE ->
                    findings.add(
                            Finding.error(
                                    subject,
                                    text,
                                    "connector:test " + status.name() + " says more"));
            case INVALID ->
                    findings.add(
                            Finding.error(
                                    subject,
                                    text,
                                    "mend its file in etc/: io.passbridge.connector."
                                            + status.type()
                                            + "-"
                                            + status.name()
                                            + ".cfg"));
            case NO_BUNDLE ->
                    findings.add(
                            Finding.error(
                                    subject,
                                    text,
                                    "put the jar of connector type "
                                            + status.type()
                                            + " into deploy/"));
        }
        if (status.badRecords() > 0) {
            findings.add(
                    Finding.warning(
                            subject,
                            Finding.count(status.badRecords(), "record", "records")
                                    + " cannot be used",
                            "events:list shows them (event 9046); mend them at the named places"));
        }
        return findings;
    }

    private static Finding late(Instance instance) {
        return Finding.note(
                "connector " + instance.name(),
                "called the platform "
                        + Finding.count(instance.lateReports(), "time", "times")
                        + " after it had been closed; that was ignored",
                "report it to the bundle's vendor");
    }

    private static Finding rivals(String factoryPid, List<String> bundles) {
        return Finding.warning(
                "connector type " + factoryPid,
                "several bundles offer it: " + String.join(", ", bundles),
                "the first is used; remove the others from deploy/");
    }
}
