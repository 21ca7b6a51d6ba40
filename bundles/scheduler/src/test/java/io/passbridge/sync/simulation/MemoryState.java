/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.simulation;

import io.passbridge.connector.UnusableItem;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Latencies;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The sync state of one route in memory, atomic as the real one; survives a simulated kill. */
public final class MemoryState implements SyncState {
    public final Map<SourceAnchor, UserState> users = new ConcurrentHashMap<>();
    public final Map<SourceAnchor, Retry> retries = new ConcurrentSkipListMap<>();
    public final Map<String, UnusableItem> unusable = new ConcurrentSkipListMap<>();
    public final List<PageCommit> commits = new CopyOnWriteArrayList<>();
    public final Faults faults;
    public RoutePosition position;
    public Pause pause;
    public long latestToken = 1;
    public int userQueries;
    public int queueQueries;
    public long runCommits;
    public Consumer<PageCommit> observer = page -> {};

    public MemoryState(Faults faults) {
        this.faults = faults;
    }

    @Override
    public synchronized Optional<RoutePosition> position(String route) {
        return Optional.ofNullable(position);
    }

    /** The present state, to be put back later, as a standby that got no more brings it back. */
    public synchronized Runnable snapshot() {
        Map<SourceAnchor, UserState> usersThen = Map.copyOf(users);
        Map<SourceAnchor, Retry> retriesThen = Map.copyOf(retries);
        RoutePosition positionThen = position;
        long commitsThen = runCommits;
        return () -> {
            users.clear();
            users.putAll(usersThen);
            retries.clear();
            retries.putAll(retriesThen);
            position = positionThen;
            runCommits = commitsThen;
        };
    }

    @Override
    public synchronized long commits(String route) {
        return runCommits;
    }

    @Override
    public synchronized void commit(PageCommit page) throws StoreException {
        faults.store();
        if (page.fencingToken() < latestToken) {
            throw new StoreException(StoreException.Kind.FENCED, "token is not the latest");
        }
        if (page.follows().isPresent()) {
            if (page.follows().getAsLong() != runCommits) {
                throw new StoreException(StoreException.Kind.BEHIND, "commits are missing");
            }
            runCommits++;
        }
        commits.add(page);
        page.position().ifPresent(p -> position = p);
        for (UserState user : page.users()) {
            users.put(user.anchor(), user);
            retries.remove(user.anchor());
        }
        page.retries().forEach(r -> retries.put(r.anchor(), r));
        if (page.unusable().startsOver()) {
            unusable.clear();
        }
        page.unusable().items().forEach(item -> unusable.put(item.place(), item));
        observer.accept(page);
        faults.afterCommit();
    }

    @Override
    public synchronized Map<SourceAnchor, UserState> users(
            String route, Collection<SourceAnchor> anchors) {
        userQueries++;
        Map<SourceAnchor, UserState> found = new HashMap<>();
        anchors.stream().filter(users::containsKey).forEach(a -> found.put(a, users.get(a)));
        return found;
    }

    @Override
    public synchronized List<Retry> dueRetries(String route, Instant now, int limit) {
        return retries.values().stream()
                .filter(r -> !r.dueAt().isAfter(now))
                .sorted(Comparator.comparing(Retry::dueAt))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Set<SourceAnchor> queued(String route, Collection<SourceAnchor> anchors) {
        queueQueries++;
        Set<SourceAnchor> queued = new HashSet<>(anchors);
        queued.retainAll(retries.keySet());
        return queued;
    }

    @Override
    public synchronized Optional<Retry> retry(String route, SourceAnchor anchor) {
        return Optional.ofNullable(retries.get(anchor));
    }

    @Override
    public synchronized Latencies latencies(String route, Instant since) {
        return commits.stream()
                .flatMap(page -> page.arrivals().stream())
                .filter(arrivals -> !arrivals.at().isBefore(since))
                .map(Arrivals::latencies)
                .reduce(Latencies.NONE, Latencies::plus);
    }

    @Override
    public synchronized Counts counts(String route) {
        Map<Standing, Long> counts = new HashMap<>();
        for (Standing standing : Standing.values()) {
            long number = list(standing).size();
            if (number > 0) {
                counts.put(standing, number);
            }
        }
        return new Counts(counts);
    }

    private List<Person> list(Standing standing) {
        return switch (standing) {
            case WAITING ->
                    retries.values().stream()
                            .map(r -> new Person(r.anchor().value(), "", r.reason()))
                            .toList();
            case UNUSABLE ->
                    unusable.values().stream()
                            .map(i -> new Person(i.name(), i.place(), i.reason()))
                            .toList();
            default ->
                    users.values().stream()
                            .filter(u -> !retries.containsKey(u.anchor()))
                            .filter(u -> Standing.of(u.state(), u.outcome()) == standing)
                            .map(u -> new Person(u.anchor().value(), "", u.detail()))
                            .toList();
        };
    }

    @Override
    public synchronized PeoplePage people(
            String route, Standing standing, String after, int limit) {
        return new PeoplePage(list(standing), "");
    }

    @Override
    public synchronized List<Person> unusable(String route, String user) {
        return list(Standing.UNUSABLE).stream().filter(p -> p.user().equals(user)).toList();
    }

    @Override
    public synchronized Map<String, Long> reasons(String route, Standing standing, int limit) {
        Map<String, Long> reasons = new HashMap<>();
        list(standing).forEach(p -> reasons.merge(p.reason(), 1L, Long::sum));
        return reasons;
    }

    @Override
    public synchronized int retryNow(String route) {
        retries.replaceAll(
                (a, r) -> new Retry(a, r.version(), r.attempts(), Instant.EPOCH, r.reason()));
        return retries.size();
    }

    @Override
    public synchronized Optional<Pause> pause(String route) {
        return Optional.ofNullable(pause);
    }

    @Override
    public synchronized void setPause(String route, Optional<Pause> value) {
        pause = value.orElse(null);
    }

    @Override
    public synchronized void forget(String route) {
        users.clear();
        retries.clear();
        position = null;
    }
}
