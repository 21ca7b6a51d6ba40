/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.UnusableReport;
import io.passbridge.credential.Account;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.store.SyncState.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns changes as the source gave them into a page that can be written: one entry a user, through
 * the gates, digested. The changes stay the caller's to close.
 */
final class PagePreparation {
    private final RouteSettings settings;
    private final Platform platform;
    private final DigestPool digests;
    private final Set<String> targetSchemes;
    private final DeletionGuard deletions;
    private final VersionOrder order;
    private final Reading reading;
    private final Instant askedSince;

    /**
     * @param reading what the source is read for
     * @param askedSince in a reading of everybody, users whose outcome is newer than this have been
     *     dealt with
     */
    PagePreparation(
            RouteSettings settings,
            Platform platform,
            DigestPool digests,
            Set<String> targetSchemes,
            DeletionGuard deletions,
            VersionOrder order,
            Reading reading,
            Instant askedSince) {
        this.settings = settings;
        this.platform = platform;
        this.digests = digests;
        this.targetSchemes = Set.copyOf(targetSchemes);
        this.deletions = deletions;
        this.order = order;
        this.reading = reading;
        this.askedSince = askedSince;
    }

    PreparedPage ofChanges(ChangePage page, Optional<RoutePosition> position)
            throws CycleFailure, InterruptedException {
        PreparedPage prepared = prepare(page.changes(), Map.of(), false, page.unusable(), position);
        if (page.unusable().unread().isEmpty()) {
            return prepared;
        }
        List<Owed> owed = new ArrayList<>(prepared.owed());
        page.unusable().unread().forEach(user -> owed.add(Owed.of(user)));
        return prepared.owing(owed);
    }

    PreparedPage ofRetries(List<CredentialChange> changes, Map<SourceAnchor, Retry> earlier)
            throws CycleFailure, InterruptedException {
        return prepare(changes, earlier, true, UnusableReport.NONE, Optional.empty());
    }

    private PreparedPage prepare(
            List<CredentialChange> changes,
            Map<SourceAnchor, Retry> earlier,
            boolean retrying,
            UnusableReport unusable,
            Optional<RoutePosition> position)
            throws CycleFailure, InterruptedException {
        Collection<CredentialChange> users = Coalescing.byUser(changes, order);
        Gates gates =
                new Gates(
                        settings,
                        targetSchemes,
                        platform.schemes().await(settings.digest(), null, Duration.ZERO));
        Map<SourceAnchor, UserState> known = known(users);
        Map<SourceAnchor, Account> accounts = accounts(users, known, retrying);
        boolean changesAlone = reading == Reading.CHANGES && !retrying;
        PageDraft draft = new PageDraft(settings, platform.clock().instant(), changesAlone);
        for (CredentialChange plain : users) {
            UserState before = known.get(plain.anchor());
            CredentialChange change =
                    order.place(with(plain, accounts.get(plain.anchor())), before);
            boolean unknownScope =
                    settings.scope().needsAccount()
                            && change.account().isEmpty()
                            && !Gates.gone(change.state());
            if (unknownScope) {
                draft.owe(change, "the source gave no user object, which the filter needs");
            } else {
                boolean anew = retrying || judgedAnew(before);
                draft.add(change, before, gates.judge(change, before, anew, GateTrace.NONE));
            }
        }
        deletions.count(draft.deletions());
        draft.digested(digests.digest(settings.digest(), draft.credentials()));
        return draft.finish(changes.size(), earlier, retrying, unusable, position);
    }

    private boolean judgedAnew(UserState known) {
        boolean since = known != null && !known.at().isBefore(askedSince);
        return !since && reading.judgesAnew(Gates.inStep(known));
    }

    private Map<SourceAnchor, UserState> known(Collection<CredentialChange> users)
            throws CycleFailure {
        if (users.isEmpty()) {
            return Map.of();
        }
        try {
            return platform.state()
                    .users(settings.name(), users.stream().map(CredentialChange::anchor).toList());
        } catch (StoreException e) {
            throw CycleFailure.store(e);
        }
    }

    /** Asks the source for the user objects that did not come with the changes but are needed. */
    private Map<SourceAnchor, Account> accounts(
            Collection<CredentialChange> users,
            Map<SourceAnchor, UserState> known,
            boolean retrying)
            throws CycleFailure, InterruptedException {
        List<SourceAnchor> wanted =
                users.stream()
                        .filter(c -> c.account().isEmpty() && !Gates.gone(c.state()))
                        .map(CredentialChange::anchor)
                        .filter(
                                a ->
                                        settings.scope().needsAccount()
                                                || settings.createAccounts()
                                                        && (retrying
                                                                || reading != Reading.CHANGES
                                                                || !known.containsKey(a)))
                        .toList();
        Map<SourceAnchor, Account> found = new HashMap<>();
        if (wanted.isEmpty()
                || !platform.connectors().has(settings.source(), AccountSource.class)) {
            return found;
        }
        try {
            List<Account> accounts =
                    platform.connectors()
                            .call(
                                    settings.source(),
                                    AccountSource.class,
                                    source -> source.accounts(wanted));
            accounts.forEach(account -> found.put(account.anchor(), account));
            return found;
        } catch (ConnectorException e) {
            throw CycleFailure.source(settings.source(), e);
        }
    }

    private static CredentialChange with(CredentialChange change, Account account) {
        return account == null || change.account().isPresent()
                ? change
                : new CredentialChange(
                        change.anchor(),
                        change.version(),
                        change.changedAt(),
                        change.state(),
                        change.credential(),
                        Optional.of(account));
    }
}
