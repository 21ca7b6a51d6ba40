/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.account;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.host.AccountAdministration;
import io.passbridge.connector.host.AccountAdministration.Leave;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.event.Actor;
import io.passbridge.shell.connector.Names;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.PartlyDone;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import java.util.Set;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code account:reset}: has a connector's system make a new secret. */
@Component(service = Command.class)
@GogoCommand(scope = "account", function = "reset")
public final class ResetAccount extends Command {
    private final AccountAdministration accounts;
    private final ConnectorRegistry registry;

    @Activate
    public ResetAccount(
            @Reference AccountAdministration accounts, @Reference ConnectorRegistry registry) {
        super(
                Objection.option(
                        Usage.of("account:reset", "make a new secret for an account at its system")
                                .details(
                                        "The old secret is void afterwards; whoever else uses the"
                                            + " account needs the new one. It is stored sealed and"
                                            + " not shown.")
                                .argument("CONNECTOR", "the instance", () -> Names.of(registry))
                                .dangerous()
                                .json()
                                .example("account:reset cloud")));
        this.accounts = accounts;
        this.registry = registry;
    }

    @Override
    protected void run(Invocation call)
            throws Refused, PartlyDone, ConnectorException, InterruptedException {
        String connector = call.argument(0);
        boolean able =
                Names.require(registry, connector).capabilities().contains("AccountSecretReset");
        if (!able && signsInWithoutSecret(connector)) {
            throw new Refused(
                    "connector "
                            + connector
                            + " signs in without a secret; there is nothing to reset");
        }
        if (!able) {
            throw new Refused(
                    "the system of connector "
                            + connector
                            + " cannot make a new secret by itself; make one there and tell it with"
                            + " account:set "
                            + connector);
        }
        String what = "The system of " + connector + " makes a new secret; the old one is void.";
        if (call.dryRun()) {
            call.print(Names.require(registry, connector), what + " Nothing was changed.");
            return;
        }
        Set<Leave> leave = Objection.heed(call, accounts, connector);
        call.confirm(what, connector);
        AccountReport report =
                new AccountReport(
                        connector, accounts.reset(connector, leave, Actor.ofThisProcess()));
        report.print(call, "The account of " + connector + " has a new secret, which is stored.");
        if (!report.verified()) {
            throw new PartlyDone(
                    "the new secret of " + connector + " is stored, but its test found errors");
        }
    }

    private boolean signsInWithoutSecret(String connector) throws ConnectorException {
        return accounts.accounts().stream().noneMatch(a -> a.instance().equals(connector));
    }
}
