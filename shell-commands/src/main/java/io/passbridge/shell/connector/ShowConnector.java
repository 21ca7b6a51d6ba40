/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.connector;

import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Sheet;
import io.passbridge.shell.kit.Usage;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code connector:show}: all about one connector instance. */
@Component(service = Command.class)
@GogoCommand(scope = "connector", function = "show")
public final class ShowConnector extends Command {
    private static final Sheet<Shown> SHEET =
            Sheet.of(Shown.class)
                    .line("name", shown -> shown.status().name())
                    .line("type", shown -> shown.status().type())
                    .line("state", shown -> shown.status().phase())
                    .line("since", shown -> shown.status().since())
                    .line("detail", shown -> shown.status().detail())
                    .line("can", shown -> shown.status().capabilities().stream().sorted().toList())
                    .line("bundle", shown -> shown.status().bundle())
                    .number("calls", shown -> shown.status().calls())
                    .number("failed calls", shown -> shown.status().failures())
                    .number("bad records", shown -> shown.status().badRecords())
                    .line("settings", Shown::settingsInWords);

    private final ConnectorRegistry registry;

    /** What is shown. */
    record Shown(ConnectorStatus status, Map<String, String> settings) {
        List<String> settingsInWords() {
            return settings.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .toList();
        }
    }

    @Activate
    public ShowConnector(@Reference ConnectorRegistry registry) {
        super(
                Usage.of("connector:show", "show all about a connector instance")
                        .argument("NAME", "the instance", () -> Names.of(registry))
                        .json()
                        .example("connector:show corp"));
        this.registry = registry;
    }

    @Override
    protected void run(Invocation call) throws Refused {
        ConnectorStatus status = Names.require(registry, call.argument(0));
        call.print(new Shown(status, registry.settings(status.name())), SHEET);
    }
}
