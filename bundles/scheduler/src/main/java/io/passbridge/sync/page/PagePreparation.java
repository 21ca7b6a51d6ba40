/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.hash.SealingScheme;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.digest.DigestPool;
import io.passbridge.sync.gate.DeletionGuard;
import io.passbridge.sync.gate.GateTrace;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.RouteSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns changes as the source gave them into a page that can be written: one entry a user, through
 * the gates, digested. The changes stay the caller's to close.
 */
public final class PagePreparation {
    private final RouteSettings settings;
    private final EngineServices platform;
    private final DigestPool digests;
    private final Set<String> targetSchemes;
    private final DeletionGuard deletions;
    private final VersionOrder order;
    private final Reading reading;
    private final Instant askedSince;

    /**
     * @param reading what the source is read for
     * @param askedSince when the position was stored: in a reading of everybody, users whose
     *     outcome is newer have been dealt with; of changes, everything that was there then
     */
    public PagePreparation(
            RouteSettings settings,
            EngineServices platform,
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

    public PreparedPage ofChanges(ChangePage page, Optional<RoutePosition> position)
            throws CycleFailure, InterruptedException {
        PreparedPage prepared =
                prepare(
                        page.changes(),
                        new PageOrigin.Changes(page.changes().size(), page.unusable(), position));
        if (page.unusable().unread().isEmpty()) {
            return prepared;
        }
        List<Owed> owed = new ArrayList<>(prepared.owed());
        page.unusable().unread().forEach(user -> owed.add(Owed.of(user)));
        return prepared.owing(owed);
    }

    public PreparedPage ofRetries(List<CredentialChange> changes, Map<SourceAnchor, Retry> earlier)
            throws CycleFailure, InterruptedException {
        return prepare(changes, new PageOrigin.Retries(earlier));
    }

    private PreparedPage prepare(List<CredentialChange> changes, PageOrigin origin)
            throws CycleFailure, InterruptedException {
        Collection<CredentialChange> users = Coalescing.byUser(changes, order);
        Gates gates =
                new Gates(
                        settings,
                        targetSchemes,
                        platform.schemes().await(settings.policy().digest(), null, Duration.ZERO));
        Map<SourceAnchor, UserState> known = known(users);
        UserObjects objects = objects(users);
        boolean retrying = origin instanceof PageOrigin.Retries;
        boolean changesAlone = reading == Reading.CHANGES && !retrying;
        PageDraft draft = new PageDraft(settings, platform.clock().instant(), changesAlone);
        Set<SourceAnchor> timed = new HashSet<>();
        for (CredentialChange plain : users) {
            UserState before = known.get(plain.anchor());
            CredentialChange change = order.place(objects.complete(plain), before);
            if (new TimedChanges(reading, askedSince).has(change, before)) {
                timed.add(change.anchor());
            }
            boolean unknownScope =
                    settings.policy().scope().needsAccount()
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
        draft.digested(digested(draft));
        return draft.finish(origin).timing(timed);
    }

    private List<Optional<Digest>> digested(PageDraft draft)
            throws CycleFailure, InterruptedException {
        String digest = settings.policy().digest();
        return platform.schemes().find(digest).orElse(null) instanceof SealingScheme sealing
                ? new Sealing(platform.connectors(), settings.target(), sealing)
                        .seal(draft.undigested())
                : digests.digest(digest, draft.credentials());
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

    private UserObjects objects(Collection<CredentialChange> users)
            throws CycleFailure, InterruptedException {
        boolean needed =
                settings.policy().scope().needsAccount() || settings.policy().createAccounts();
        try {
            return needed ? UserObjects.of(platform, settings.source(), users) : UserObjects.none();
        } catch (ConnectorException e) {
            throw CycleFailure.source(settings.source(), e);
        }
    }
}
