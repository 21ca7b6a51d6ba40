/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.connector.supervision.platform.DataFolder;
import io.passbridge.connector.supervision.session.Candidate;
import io.passbridge.connector.supervision.session.InstanceConfiguration;
import io.passbridge.connector.supervision.session.InstanceReports;
import io.passbridge.connector.supervision.session.Session;
import io.passbridge.health.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The way from a configuration to an open session, or to the reason why there is none. */
final class Opening {
    private final String instance;
    private final HostParts surroundings;
    private final InstanceReports reports;

    Opening(String instance, HostParts surroundings, InstanceReports reports) {
        this.instance = instance;
        this.surroundings = surroundings;
        this.reports = reports;
    }

    /** How an opening ended. */
    sealed interface Result {}

    /** The connector is open. */
    record Opened(Session session, InstanceConfiguration configuration, boolean wantsSecret)
            implements Result {}

    /** The connector cannot be opened as things are. */
    record Refused(Phase phase, String detail) implements Result {}

    Result open(Candidate candidate, Map<String, Object> properties) {
        ConfigurationCheck check =
                new ConfigurationCheck(
                        candidate.descriptor(), surroundings.platform().home(), properties);
        return check.faults().isEmpty()
                ? open(candidate, check.configuration(instance))
                : new Refused(Phase.INVALID, inWords(check.faults()));
    }

    private Result open(Candidate candidate, InstanceConfiguration configuration) {
        Session session = null;
        Refused refused;
        try {
            session =
                    new Session(
                            candidate,
                            surroundings.platform(),
                            configuration,
                            DataFolder.of(surroundings.platform().data(), instance),
                            reports,
                            surroundings.sessions().incrementAndGet());
            List<Finding> faults = errors(session.validate());
            if (faults.isEmpty()) {
                boolean wantsSecret = session.wantsSecret();
                session.open();
                return new Opened(session, configuration, wantsSecret);
            }
            refused = new Refused(Phase.INVALID, inWords(faults));
        } catch (ConnectorException e) {
            boolean lasting = e.kind() == Kind.CONFIGURATION;
            refused = new Refused(lasting ? Phase.INVALID : Phase.OFFLINE, e.getMessage());
        } catch (IOException e) {
            refused = new Refused(Phase.OFFLINE, "its data folder cannot be made: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refused = new Refused(Phase.OFFLINE, "opening it was interrupted");
        }
        if (session != null) {
            session.close("it could not be opened");
        }
        return refused;
    }

    private static List<Finding> errors(List<Finding> findings) {
        return findings.stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
    }

    private static String inWords(List<Finding> faults) {
        return faults.stream().map(Opening::inWords).collect(Collectors.joining("; "));
    }

    private static String inWords(Finding fault) {
        String remedy = fault.remedy().isEmpty() ? "" : " (" + fault.remedy() + ")";
        return fault.subject() + " " + fault.text() + remedy;
    }
}
