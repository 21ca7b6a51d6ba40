/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.connector;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.health.Finding;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.PartlyDone;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code connector:test}: tests instances over fresh connections. */
@Component(service = Command.class)
@GogoCommand(scope = "connector", function = "test")
public final class TestConnector extends Command {
    private static final Table<Row> TABLE =
            Table.of(Row.class, "The test found nothing to say.")
                    .column("CONNECTOR", Row::connector)
                    .column("STATE", Row::severity)
                    .column("ABOUT", Row::about)
                    .column("OBSERVED", row -> Findings.inWords(row.text(), row.remedy()));

    private final ConnectorRegistry registry;

    /** One finding about one instance. */
    record Row(
            String connector,
            Finding.Severity severity,
            String subject,
            String text,
            String remedy) {
        /** The subject, unless the first column has said it. */
        String about() {
            return subject.equals("connector " + connector) ? "" : subject;
        }

        Row(String connector, Finding finding) {
            this(
                    connector,
                    finding.severity(),
                    finding.subject(),
                    finding.text(),
                    finding.remedy());
        }
    }

    @Activate
    public TestConnector(@Reference ConnectorRegistry registry) {
        super(
                Usage.of("connector:test", "test reach, account and rights of connector instances")
                        .details("Tests every instance if none is named.")
                        .any("NAME", "the instances", () -> Names.of(registry))
                        .json()
                        .example("connector:test corp"));
        this.registry = registry;
    }

    @Override
    protected void run(Invocation call) throws Refused, PartlyDone, InterruptedException {
        Set<String> names =
                new LinkedHashSet<>(
                        call.arguments().isEmpty() ? Names.of(registry) : call.arguments());
        List<Row> rows = new ArrayList<>();
        Set<String> failed = new LinkedHashSet<>();
        for (String name : names) {
            Names.require(registry, name);
        }
        for (String name : names) {
            List<Finding> findings = test(name);
            findings.forEach(finding -> rows.add(new Row(name, finding)));
            if (Findings.hasError(findings)) {
                failed.add(name);
            }
        }
        call.print(rows, TABLE);
        if (failed.isEmpty()) {
            return;
        }
        String message = "the test failed for " + String.join(", ", failed);
        if (failed.size() < names.size()) {
            throw new PartlyDone(message);
        }
        throw new Refused(message);
    }

    private List<Finding> test(String name) throws InterruptedException {
        try {
            return registry.test(name);
        } catch (ConnectorException e) {
            return List.of(
                    Finding.error(
                            "connector " + name, e.getMessage(), "see connector:show " + name));
        }
    }
}
