/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.account;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.host.AccountAdministration;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.shell.connector.Names;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code account:test}: tests an account as it is stored. */
@Component(service = Command.class)
@GogoCommand(scope = "account", function = "test")
public final class TestAccount extends Command {
    private final AccountAdministration accounts;
    private final ConnectorRegistry registry;

    @Activate
    public TestAccount(
            @Reference AccountAdministration accounts, @Reference ConnectorRegistry registry) {
        super(
                Usage.of("account:test", "test the account with which a connector signs in")
                        .argument("CONNECTOR", "the instance", () -> Names.of(registry))
                        .json()
                        .example("account:test corp"));
        this.accounts = accounts;
        this.registry = registry;
    }

    @Override
    protected void run(Invocation call) throws Refused, ConnectorException, InterruptedException {
        String connector = call.argument(0);
        Names.require(registry, connector);
        AccountReport report = new AccountReport(connector, accounts.verify(connector));
        report.print(
                call,
                "The account of "
                        + connector
                        + (report.verified() ? " works." : ": " + report.found() + "."));
        if (!report.verified()) {
            throw new Refused(
                    "the test of "
                            + connector
                            + " failed; if the secret is wrong: account:set "
                            + connector);
        }
    }
}
