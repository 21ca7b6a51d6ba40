/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.store.AccountSecrets;
import io.passbridge.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Accounts in memory. */
public final class MemoryAccounts implements AccountSecrets {
    private final Map<String, StoredAccount> accounts = new ConcurrentSkipListMap<>();
    volatile boolean readOnly;

    @Override
    public Optional<StoredAccount> find(String instance) {
        return Optional.ofNullable(accounts.get(instance));
    }

    @Override
    public List<StoredAccount> list() {
        return List.copyOf(accounts.values());
    }

    @Override
    public void put(StoredAccount account) throws StoreException {
        if (readOnly) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "the disk is full");
        }
        accounts.put(account.instance(), account);
    }

    @Override
    public void verified(String instance, Instant at) {
        accounts.computeIfPresent(
                instance,
                (key, old) ->
                        new StoredAccount(
                                key, old.name(), old.secret(), old.setAt(), Optional.of(at)));
    }

    @Override
    public void remove(String instance) {
        accounts.remove(instance);
    }
}
