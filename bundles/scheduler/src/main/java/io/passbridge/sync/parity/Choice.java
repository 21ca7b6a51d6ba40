/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.parity;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState;
import io.passbridge.store.SyncState.PeoplePage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Those of a route's people in step who are to be compared, some at a time. */
public final class Choice {
    private static final int PAGE = 10_000;

    private final SyncState state;
    private final String route;

    public Choice(SyncState state, String route) {
        this.state = state;
        this.route = route;
    }

    /** What is done with some of them. */
    public interface Action<E extends Exception> {
        void on(List<SourceAnchor> anchors) throws E, InterruptedException;
    }

    /** Everybody, so many at a time. */
    public <E extends Exception> void all(int size, Action<E> action)
            throws StoreException, E, InterruptedException {
        String after = "";
        do {
            PeoplePage page = state.people(route, Standing.IN_STEP, after, size);
            if (!page.people().isEmpty()) {
                action.on(anchors(page));
            }
            after = page.next();
        } while (!after.isEmpty());
    }

    /** So many of them, each with the same chance. */
    public List<SourceAnchor> sample(int number, RandomGenerator random)
            throws StoreException, InterruptedException {
        List<SourceAnchor> chosen = new ArrayList<>();
        long[] met = {0};
        all(
                PAGE,
                anchors -> {
                    for (SourceAnchor anchor : anchors) {
                        met[0]++;
                        if (chosen.size() < number) {
                            chosen.add(anchor);
                        } else {
                            long place = random.nextLong(met[0]);
                            if (place < number) {
                                chosen.set((int) place, anchor);
                            }
                        }
                    }
                });
        return chosen;
    }

    private static List<SourceAnchor> anchors(PeoplePage page) {
        return page.people().stream().map(person -> new SourceAnchor(person.user())).toList();
    }
}
