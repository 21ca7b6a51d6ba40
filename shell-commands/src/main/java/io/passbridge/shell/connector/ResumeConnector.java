/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.connector;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code connector:resume}: call a paused connector instance again. */
@Component(service = Command.class)
@GogoCommand(scope = "connector", function = "resume")
public final class ResumeConnector extends Command {
    private final ConnectorRegistry registry;

    @Activate
    public ResumeConnector(@Reference ConnectorRegistry registry) {
        super(
                Usage.of("connector:resume", "call a paused connector instance again")
                        .argument("NAME", "the instance", () -> Names.of(registry))
                        .json()
                        .example("connector:resume corp"));
        this.registry = registry;
    }

    @Override
    protected void run(Invocation call) throws Refused, ConnectorException {
        String name = call.argument(0);
        Names.require(registry, name);
        registry.resume(name);
        ConnectorStatus status = Names.require(registry, name);
        call.print(status, "Connector " + name + " was resumed.");
    }
}
