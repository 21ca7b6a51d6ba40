/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.parity;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.Holding;
import io.passbridge.connector.PasswordHoldings;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Parity;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.cycle.RetryRound;
import io.passbridge.sync.digest.DigestPool;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.RouteSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compares some people of a route. Cycles go on meanwhile: what the store knows of somebody is read
 * before and after, and who moved in between is not judged.
 */
public final class Comparison {
    private final RouteSettings settings;
    private final EngineServices platform;
    private final DigestPool digests;

    public Comparison(RouteSettings settings, EngineServices platform, DigestPool digests) {
        this.settings = settings;
        this.platform = platform;
        this.digests = digests;
    }

    /** Why nobody can be compared, or an empty text. */
    public String hindrance() {
        return platform.connectors().has(settings.target(), PasswordHoldings.class)
                        || !platform.connectors().has(settings.target(), PasswordTarget.class)
                ? ""
                : "target %s cannot say what it holds".formatted(settings.target());
    }

    /** How many to look at in one go. */
    public int pageSize(int most) {
        return Math.min(most, digests.pageSize(settings.policy().digest(), 500));
    }

    /**
     * Looks at people who were in step a moment ago.
     *
     * @param anchors 1 to 1,000, each once
     * @return one answer for each, in their order
     */
    public List<Seen> of(List<SourceAnchor> anchors) throws CycleFailure, InterruptedException {
        try {
            Map<SourceAnchor, UserState> before = platform.state().users(settings.name(), anchors);
            Map<SourceAnchor, Holding> held = holdings(anchors);
            Map<SourceAnchor, Seen> seen = judged(anchors, before, held);
            Map<SourceAnchor, UserState> after = platform.state().users(settings.name(), anchors);
            Set<SourceAnchor> queued = platform.state().queued(settings.name(), anchors);
            List<Seen> all = new ArrayList<>(anchors.size());
            for (SourceAnchor anchor : anchors) {
                if (queued.contains(anchor)) {
                    all.add(new Seen(anchor, Parity.MOVING, "waits in the retry queue"));
                } else if (!Objects.equals(before.get(anchor), after.get(anchor))) {
                    all.add(new Seen(anchor, Parity.MOVING, "was written meanwhile"));
                } else {
                    all.add(seen.get(anchor));
                }
            }
            return all;
        } catch (StoreException e) {
            throw CycleFailure.store(e);
        }
    }

    private Map<SourceAnchor, Holding> holdings(List<SourceAnchor> anchors)
            throws CycleFailure, InterruptedException {
        try {
            List<Holding> answer =
                    platform.connectors()
                            .call(
                                    settings.target(),
                                    PasswordHoldings.class,
                                    target -> target.holdings(anchors));
            Map<SourceAnchor, Holding> held = new HashMap<>();
            answer.forEach(holding -> held.put(holding.anchor(), holding));
            return held;
        } catch (ConnectorException e) {
            throw CycleFailure.target(settings.target(), e);
        }
    }

    private Map<SourceAnchor, Seen> judged(
            List<SourceAnchor> anchors,
            Map<SourceAnchor, UserState> known,
            Map<SourceAnchor, Holding> held)
            throws CycleFailure, InterruptedException {
        BothSides both = new BothSides(targetSchemes(), platform.schemes());
        List<CredentialChange> changes = new ArrayList<>();
        try {
            Map<SourceAnchor, String> unread = read(anchors, changes);
            Map<SourceAnchor, CredentialChange> present = new HashMap<>();
            changes.forEach(change -> present.put(change.anchor(), change));
            Map<SourceAnchor, Seen> seen = new HashMap<>();
            for (SourceAnchor anchor : anchors) {
                if (present.containsKey(anchor)) {
                    both.judge(present.get(anchor), known.get(anchor), held.get(anchor));
                } else {
                    String why = unread.getOrDefault(anchor, "the source gave no answer");
                    seen.put(anchor, new Seen(anchor, Parity.UNKNOWN, why));
                }
            }
            both.settle(digests).forEach(one -> seen.put(one.anchor(), one));
            return seen;
        } finally {
            changes.forEach(CredentialChange::close);
        }
    }

    private Set<String> targetSchemes() throws CycleFailure, InterruptedException {
        try {
            return platform.connectors()
                    .ask(
                            settings.target(),
                            PasswordTarget.class,
                            target -> Set.copyOf(target.schemes()));
        } catch (ConnectorException e) {
            throw CycleFailure.target(settings.target(), e);
        }
    }

    /**
     * What the source holds now. One user who cannot be read does not keep the others from it.
     *
     * @param changes gets what was read, to be closed by the caller
     * @return why somebody could not be read
     */
    private Map<SourceAnchor, String> read(
            List<SourceAnchor> anchors, List<CredentialChange> changes)
            throws CycleFailure, InterruptedException {
        try {
            changes.addAll(
                    platform.connectors()
                            .call(
                                    settings.source(),
                                    PasswordSource.class,
                                    source -> source.read(anchors)));
            return Map.of();
        } catch (ConnectorException e) {
            if (RetryRound.SOURCE_AWAY.contains(e.kind())) {
                throw CycleFailure.source(settings.source(), e);
            }
            if (anchors.size() == 1) {
                return Map.of(anchors.get(0), "the source cannot read the user: " + e.getMessage());
            }
        }
        Map<SourceAnchor, String> unread = new HashMap<>();
        for (SourceAnchor anchor : anchors) {
            unread.putAll(read(List.of(anchor), changes));
        }
        return unread;
    }
}
