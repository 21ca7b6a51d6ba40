/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.Secret;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.Sealing;
import io.passbridge.store.AccountSecrets;
import io.passbridge.store.AccountSecrets.StoredAccount;
import io.passbridge.store.StoreException;
import java.util.Optional;

/** Opens and seals account secrets, saying in words why it cannot. */
final class AccountVault {
    private final Platform platform;

    AccountVault(Platform platform) {
        this.platform = platform;
    }

    static Binding binding(String instance) {
        return new Binding("account", "connector " + instance, "secret");
    }

    Optional<StoredAccount> find(String instance) throws ConnectorException {
        try {
            return store().find(instance);
        } catch (StoreException e) {
            throw refused("the account of connector " + instance + " cannot be read: ", e);
        }
    }

    Secret open(String instance) throws ConnectorException {
        StoredAccount account =
                find(instance)
                        .orElseThrow(
                                () ->
                                        refused(
                                                "no secret has been set for the account of"
                                                        + " connector "
                                                        + instance
                                                        + ": account:set "
                                                        + instance,
                                                null));
        return open(account);
    }

    Secret open(StoredAccount account) throws ConnectorException {
        try {
            return sealing().open(account.secret(), binding(account.instance()));
        } catch (KeyException e) {
            throw new ConnectorException(
                    Kind.AUTHENTICATION,
                    "the secret of the account of connector "
                            + account.instance()
                            + " cannot be opened: "
                            + e.getMessage()
                            + remedy(e, account.instance()));
        }
    }

    private static String remedy(KeyException why, String instance) {
        if (why.getMessage().contains("keys:")) {
            return "";
        }
        return switch (why.kind()) {
            case LOCKED -> "; keys:unlock opens the key set";
            case FOREIGN_KEY_SET, UNKNOWN_KEY ->
                    "; keys:activate an export of the key set that it is sealed under";
            default -> "; account:set " + instance + " sets it anew";
        };
    }

    /** Seals a secret for an instance's account. */
    SealedValue seal(String instance, Secret secret) throws ConnectorException {
        try {
            return sealing().seal(secret, binding(instance));
        } catch (KeyException e) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    "the secret of the account of connector "
                            + instance
                            + " cannot be sealed: "
                            + e.getMessage());
        }
    }

    AccountSecrets store() throws ConnectorException {
        return platform.accounts()
                .orElseThrow(
                        () ->
                                refused(
                                        "the store that holds the account secrets is not there:"
                                                + " doctor tells why",
                                        null));
    }

    Sealing sealing() throws ConnectorException {
        return platform.sealing()
                .orElseThrow(() -> refused("the key set is not there: doctor tells why", null));
    }

    private static ConnectorException refused(String text, Exception e) {
        return new ConnectorException(
                Kind.AUTHENTICATION, e == null ? text : text + e.getMessage());
    }
}
