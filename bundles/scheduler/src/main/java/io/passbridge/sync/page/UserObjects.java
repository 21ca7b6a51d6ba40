/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ConnectorException;
import io.passbridge.credential.Account;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.sync.gate.Gates;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a source for the user objects that did not come with the changes. */
public final class UserObjects {
    private final Map<SourceAnchor, Account> found = new HashMap<>();

    private UserObjects() {}

    /** None are needed. */
    public static UserObjects none() {
        return new UserObjects();
    }

    /** Those that the source has of the given users. */
    public static UserObjects of(
            EngineServices platform, String source, Collection<CredentialChange> users)
            throws ConnectorException, InterruptedException {
        UserObjects objects = new UserObjects();
        List<SourceAnchor> wanted =
                users.stream()
                        .filter(c -> c.account().isEmpty() && !Gates.gone(c.state()))
                        .map(CredentialChange::anchor)
                        .toList();
        if (!wanted.isEmpty() && platform.connectors().has(source, AccountSource.class)) {
            platform.connectors()
                    .call(source, AccountSource.class, s -> s.accounts(wanted))
                    .forEach(account -> objects.found.put(account.anchor(), account));
        }
        return objects;
    }

    /** The change with its user object, if there is one. */
    public CredentialChange complete(CredentialChange change) {
        Account account = found.get(change.anchor());
        return account == null || change.account().isPresent()
                ? change
                : change.withAccount(Optional.of(account));
    }
}
