/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.writing;

import io.passbridge.connector.directory.database.SignInNames;
import io.passbridge.connector.directory.database.UserRow;
import io.passbridge.credential.Account;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who of a batch may have the names that it wants. All names of a batch change hands in one
 * transaction, so that users who exchange theirs need not step aside, in whatever order they come.
 */
final class NameClaims {
    private final Collection<UserRow> present;
    private final Map<String, String> conflicts = new HashMap<>();
    private final Set<String> moving;

    /**
     * @param present everybody who has one of the names now
     * @param batch whose names are going to change; who is not in it keeps the names
     */
    NameClaims(Collection<UserRow> present, List<Account> batch) {
        this.present = present;
        moving =
                batch.stream()
                        .map(account -> account.anchor().value())
                        .collect(Collectors.toCollection(HashSet::new));
        while (!fit(batch)) {
            // whoever cannot have the new names keeps the old ones, which others may have wanted
        }
    }

    private boolean fit(List<Account> batch) {
        Map<String, String> owners = new HashMap<>();
        present.stream()
                .filter(row -> !moving.contains(row.anchor()))
                .forEach(row -> row.names().forEach(name -> owners.put(name, row.anchor())));
        boolean fits = true;
        for (Account account : batch) {
            String anchor = account.anchor().value();
            if (moving.contains(anchor)) {
                Set<String> wanted = SignInNames.of(account);
                Optional<String> taken =
                        wanted.stream()
                                .filter(name -> !owners.getOrDefault(name, anchor).equals(anchor))
                                .findFirst();
                if (taken.isPresent()) {
                    conflicts.put(
                            anchor,
                            "the name '%s' belongs to user %s already"
                                    .formatted(taken.get(), owners.get(taken.get())));
                    moving.remove(anchor);
                    fits = false;
                } else {
                    wanted.forEach(name -> owners.put(name, anchor));
                }
            }
        }
        return fits;
    }

    /** Why a user cannot have the names; empty if nothing is in the way. */
    Optional<String> conflict(Account account) {
        return Optional.ofNullable(conflicts.get(account.anchor().value()));
    }
}
