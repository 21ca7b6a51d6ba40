/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.platform;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.Sealing;
import io.passbridge.store.AccountSecrets;
import io.passbridge.store.AccountSecrets.StoredAccount;
import io.passbridge.store.StoreException;
import java.util.Optional;

/** Opens and seals account secrets, saying in words why it cannot. */
public final class AccountVault {
    private final HostServices platform;

    public AccountVault(HostServices platform) {
        this.platform = platform;
    }

    public Optional<StoredAccount> find(String instance) throws ConnectorException {
        try {
            return store().find(instance);
        } catch (StoreException e) {
            throw away(
                    "the account of connector " + instance + " cannot be read: " + e.getMessage());
        }
    }

    public Secret open(String instance) throws ConnectorException {
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

    public Secret open(StoredAccount account) throws ConnectorException {
        try {
            return sealing().open(account.secret(), AccountSecrets.binding(account.instance()));
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
        if (why.remedy().isPresent()) {
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
    public SealedValue seal(String instance, Secret secret) throws ConnectorException {
        try {
            return sealing().seal(secret, AccountSecrets.binding(instance));
        } catch (KeyException e) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    "the secret of the account of connector "
                            + instance
                            + " cannot be sealed: "
                            + e.getMessage());
        }
    }

    public AccountSecrets store() throws ConnectorException {
        return platform.accounts()
                .orElseThrow(
                        () ->
                                away(
                                        "the store that holds the account secrets is not there:"
                                                + " doctor tells why"));
    }

    public Sealing sealing() throws ConnectorException {
        return platform.sealing()
                .orElseThrow(() -> refused("the key set is not there: doctor tells why", null));
    }

    /** No secret was refused: it may be had again without anybody's doing. */
    private static ConnectorException away(String text) {
        return new ConnectorException(Kind.UNREACHABLE, text);
    }

    private static ConnectorException refused(String text, Exception e) {
        return new ConnectorException(
                Kind.AUTHENTICATION, e == null ? text : text + e.getMessage());
    }
}
