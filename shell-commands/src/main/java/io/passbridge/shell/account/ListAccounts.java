/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.account;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.host.AccountAdministration;
import io.passbridge.connector.host.AccountAdministration.AccountStatus;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code account:list}: the accounts of the connector instances. */
@Component(service = Command.class)
@GogoCommand(scope = "account", function = "list")
public final class ListAccounts extends Command {
    private static final Table<AccountStatus> TABLE =
            Table.of(AccountStatus.class, "No connector instance signs in with a secret.")
                    .column("CONNECTOR", AccountStatus::instance)
                    .column("TYPE", AccountStatus::type)
                    .column("ACCOUNT", AccountStatus::name)
                    .column("SECRET", AccountStatus::state)
                    .minor("SET", AccountStatus::setAt)
                    .column("LAST VERIFIED", AccountStatus::verifiedAt)
                    .column("TO DO", ListAccounts::remedy);

    private final AccountAdministration accounts;

    @Activate
    public ListAccounts(@Reference AccountAdministration accounts) {
        super(
                Usage.of("account:list", "list the accounts with which connectors sign in")
                        .lists()
                        .example("account:list --json"));
        this.accounts = accounts;
    }

    private static String remedy(AccountStatus account) {
        return switch (account.state()) {
            case SET -> "";
            case MISSING, LOST -> "account:set " + account.instance();
            case FOREIGN -> "keys:activate an export of its key set";
            case LOCKED -> "keys:unlock or keys:enable";
            case ORPHANED -> "configure the connector again";
        };
    }

    @Override
    protected void run(Invocation call) throws ConnectorException {
        call.print(accounts.accounts(), TABLE);
    }
}
