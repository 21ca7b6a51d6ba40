/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import io.passbridge.keys.Binding;
import io.passbridge.keys.SealedValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The accounts with which connector instances sign in, their secrets sealed. A service,
 * thread-safe.
 */
@ProviderType
public interface AccountSecrets {
    /** What the secret of an instance's account is bound to when it is sealed. */
    static Binding binding(String instance) {
        return new Binding("account", "connector " + instance, "secret");
    }

    /** The account of a connector instance. */
    Optional<StoredAccount> find(String instance) throws StoreException;

    /** Every account, by instance name. */
    List<StoredAccount> list() throws StoreException;

    /** Stores an account, replacing what was there for the instance. */
    void put(StoredAccount account) throws StoreException;

    /** Records that the account worked at the given time. */
    void verified(String instance, Instant at) throws StoreException;

    /** Removes an account; nothing happens if there is none. */
    void remove(String instance) throws StoreException;

    /**
     * A stored account.
     *
     * @param instance the connector instance
     * @param name the account's name at its system; may be empty where the secret is all there is
     * @param secret the sealed secret
     * @param setAt when it was set
     * @param verifiedAt when it last worked
     */
    record StoredAccount(
            String instance,
            String name,
            SealedValue secret,
            Instant setAt,
            Optional<Instant> verifiedAt) {}
}
