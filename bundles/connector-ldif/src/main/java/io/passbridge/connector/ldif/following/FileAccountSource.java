/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldif.record.Entry;
import io.passbridge.connector.ldif.record.FileRecord;
import io.passbridge.connector.ldif.record.RecordStream;
import io.passbridge.connector.ldif.user.PresentUsers;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The users of the file as objects: names, mail, and search by name. */
public final class FileAccountSource implements AccountSource {
    private static final int MOST_FOUND = 10;

    private final FileAccess access;

    public FileAccountSource(FileAccess access) {
        this.access = access;
    }

    @Override
    public List<Account> accounts(Collection<SourceAnchor> anchors) throws ConnectorException {
        return access.exclusively(() -> present(access.settled(), anchors));
    }

    private List<Account> present(SettleGate.Look look, Collection<SourceAnchor> anchors)
            throws IOException, ConnectorException {
        List<Account> accounts = new ArrayList<>(anchors.size());
        try (PresentUsers users = access.present(look, anchors)) {
            for (SourceAnchor anchor : Set.copyOf(anchors)) {
                users.user(anchor).flatMap(this::account).ifPresent(accounts::add);
            }
        }
        return accounts;
    }

    private Optional<Account> account(PresentUsers.Present user) {
        return user.deleted()
                ? Optional.empty()
                : access.mapping()
                        .loginName(user.entry())
                        .map(login -> access.mapping().account(user.anchor(), login, user.entry()));
    }

    @Override
    public List<Account> find(String name) throws ConnectorException {
        return access.exclusively(
                () -> {
                    SettleGate.Look look = access.settled();
                    Set<SourceAnchor> found = matching(look, name.strip());
                    return found.isEmpty() ? List.of() : present(look, found);
                });
    }

    private Set<SourceAnchor> matching(SettleGate.Look look, String name) throws IOException {
        Set<SourceAnchor> found = new LinkedHashSet<>();
        try (RecordStream records = access.file().beginning(look.state().size())) {
            FileRecord record;
            while (found.size() < MOST_FOUND && (record = records.next(look.abandoned())) != null) {
                if (record instanceof FileRecord.Content content) {
                    match(content.entry(), name).ifPresent(found::add);
                }
                record.close();
            }
        }
        return found;
    }

    private Optional<SourceAnchor> match(Entry entry, String name) {
        Optional<String> login = access.mapping().loginName(entry);
        Optional<SourceAnchor> anchor = access.mapping().anchor(entry);
        if (login.isEmpty() || anchor.isEmpty()) {
            return Optional.empty();
        }
        Account account = access.mapping().account(anchor.get(), login.get(), entry);
        boolean matches =
                anchor.get().value().equalsIgnoreCase(name)
                        || account.loginName().equalsIgnoreCase(name)
                        || account.aliases().stream().anyMatch(name::equalsIgnoreCase);
        return matches ? anchor : Optional.empty();
    }
}
