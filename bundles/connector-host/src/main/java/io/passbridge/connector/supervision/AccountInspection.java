/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.host.AccountAdministration;
import io.passbridge.connector.host.AccountAdministration.AccountStatus;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists the accounts that need a secret: after an installation, and after a key set was lost. */
@Component
public final class AccountInspection implements Inspector {
    private final AccountAdministration accounts;

    @Activate
    public AccountInspection(@Reference AccountAdministration accounts) {
        this.accounts = accounts;
    }

    @Override
    public String subject() {
        return "accounts";
    }

    @Override
    public List<Finding> inspect() {
        try {
            return accounts.accounts().stream()
                    .map(AccountInspection::judge)
                    .sorted(Comparator.comparing(Finding::severity).reversed())
                    .toList();
        } catch (ConnectorException e) {
            // an error of the store, which the store's own inspector reports with its remedy
            return List.of(
                    Finding.note(
                            "accounts",
                            "they cannot be looked at: the store cannot be read",
                            "look at the store's own findings"));
        }
    }

    private static Finding judge(AccountStatus account) {
        String subject = "account of " + account.instance();
        String set = "account:set " + account.instance();
        return switch (account.state()) {
            case MISSING -> Finding.error(subject, "has no secret", set);
            case LOST -> Finding.error(subject, "has a secret that can no longer be opened", set);
            case FOREIGN ->
                    Finding.error(
                            subject,
                            "has a secret that is sealed under a key that this server lacks",
                            "keys:activate an export of the key set of the server that sealed it");
            case LOCKED ->
                    Finding.warning(
                            subject,
                            "has a secret that cannot be opened now",
                            "keys:unlock, or keys:enable the key it is sealed under");
            case ORPHANED ->
                    Finding.note(
                            subject,
                            "is stored, but no connector of that name is configured",
                            "configure it again, or ignore this");
            case SET ->
                    account.verifiedAt().isPresent()
                            ? Finding.ok(
                                    subject,
                                    "last verified "
                                            + account.verifiedAt()
                                                    .get()
                                                    .truncatedTo(ChronoUnit.SECONDS))
                            : Finding.warning(
                                    subject,
                                    "has never been verified",
                                    "account:test " + account.instance());
        };
    }
}
