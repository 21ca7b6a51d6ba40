/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.account;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.host.AccountAdministration;
import io.passbridge.connector.host.AccountAdministration.AccountStatus;
import io.passbridge.connector.host.AccountAdministration.Leave;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.credential.Secret;
import io.passbridge.event.Actor;
import io.passbridge.shell.connector.Names;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import java.util.Set;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code account:set}: gives a connector instance its account. */
@Component(service = Command.class)
@GogoCommand(scope = "account", function = "set")
public final class SetAccount extends Command {
    private final AccountAdministration accounts;
    private final ConnectorRegistry registry;

    @Activate
    public SetAccount(
            @Reference AccountAdministration accounts, @Reference ConnectorRegistry registry) {
        super(
                Objection.option(
                        Usage.of("account:set", "set the account with which a connector signs in")
                                .details(
                                        "The secret is asked for without echo, tried at the"
                                            + " connector's system, and stored sealed only if it"
                                            + " works.")
                                .option("--name", "ACCOUNT", "the account's name at its system")
                                .option(
                                        "--secret-file",
                                        "FILE",
                                        "read the secret from the first line of a file that only"
                                                + " you may read, or of standard input (-)")
                                .flag(
                                        "--unverified",
                                        "store the secret even if it does not work now")
                                .flag("--yes", "do not ask")
                                .argument("CONNECTOR", "the instance", () -> Names.of(registry))
                                .json()
                                .example("account:set corp --name svc-passbridge")
                                .example(
                                        "account:set corp --name svc-passbridge --secret-file -")));
        this.accounts = accounts;
        this.registry = registry;
    }

    @Override
    protected void run(Invocation call) throws Refused, ConnectorException, InterruptedException {
        String connector = call.argument(0);
        requireSecret(Names.require(registry, connector));
        Set<Leave> leave = Objection.heed(call, accounts, connector);
        if (call.has("--unverified")) {
            leave.add(Leave.UNVERIFIED);
        }
        String name = name(call, connector);
        try (Secret secret =
                call.secret("Secret of the account of " + connector + ": ", "--secret-file")) {
            AccountReport report =
                    new AccountReport(
                            connector,
                            accounts.set(connector, name, secret, leave, Actor.ofThisProcess()));
            report.print(call, inWords(report));
            if (!report.stored()) {
                throw new Refused(
                        "the account of "
                                + connector
                                + " was not changed; --unverified stores the secret all the same");
            }
        }
    }

    /** Says that there is nothing to set before it asks for a secret. */
    private void requireSecret(ConnectorStatus status) throws Refused {
        boolean without =
                registry.types().stream()
                        .anyMatch(t -> t.type().equals(status.type()) && !t.accountSecret());
        if (without) {
            throw new Refused(
                    "connector "
                            + status.name()
                            + " of type "
                            + status.type()
                            + " signs in without a secret; there is nothing to set");
        }
    }

    private String name(Invocation call, String connector) throws Refused, ConnectorException {
        if (call.has("--secret-file")) {
            return call.option("--name").orElse("");
        }
        String stored =
                accounts.accounts().stream()
                        .filter(account -> account.instance().equals(connector))
                        .map(AccountStatus::name)
                        .findFirst()
                        .orElse("");
        String hint = stored.isEmpty() ? "" : " [" + stored + "]";
        return call.text("Account name of " + connector + hint + ": ", "--name", stored);
    }

    private static String inWords(AccountReport report) {
        if (!report.stored()) {
            return "The account of " + report.connector() + ": " + report.found() + ".";
        }
        return report.verified()
                ? "The account of " + report.connector() + " works and is stored."
                : "The account of "
                        + report.connector()
                        + " is stored, but "
                        + report.found()
                        + ".";
    }
}
