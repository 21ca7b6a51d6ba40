/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import io.passbridge.credential.SourceAnchor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What comparing targets with their sources has shown: how far the present pass over a route's
 * people is, what the last one has found, and who is in doubt. Never a credential or digest. A
 * service, thread-safe.
 */
@ProviderType
public interface Proofs {
    /** What is known of a route. */
    Proof proof(String route) throws StoreException;

    /**
     * Records what was looked at, in one transaction.
     *
     * @throws StoreException of kind {@link StoreException.Kind#FENCED} if the token is not the
     *     latest
     */
    void record(Look look) throws StoreException;

    /**
     * Those in doubt, by anchor, some at a time.
     *
     * @param after the last one's anchor, or empty to begin
     * @param limit the most to return, 1 to 10,000
     */
    List<Doubt> doubts(String route, String after, int limit) throws StoreException;

    /** Why people are in doubt so: the most frequent reasons, each with its number of people. */
    Map<String, Long> reasons(String route, Parity parity, int limit) throws StoreException;

    /**
     * One pass over everybody who is in step.
     *
     * @param begunAt when
     * @param endedAt when everybody had been looked at; empty while it goes on
     * @param reached where it goes on, in a form of the engine's own
     * @param people how many were looked at, by what was found
     */
    record Pass(
            Instant begunAt, Optional<Instant> endedAt, String reached, Map<Parity, Long> people) {
        public Pass {
            people = Map.copyOf(people);
        }

        /** How many of them were found so. */
        public long of(Parity parity) {
            return people.getOrDefault(parity, 0L);
        }
    }

    /**
     * What is known of a route.
     *
     * @param present the pass that is under way
     * @param last the latest one that has ended
     * @param doubts how many people are in doubt now, by what was found
     */
    record Proof(Optional<Pass> present, Optional<Pass> last, Map<Parity, Long> doubts) {
        /** Nothing was ever looked at. */
        public static final Proof NONE = new Proof(Optional.empty(), Optional.empty(), Map.of());

        public Proof {
            doubts = Map.copyOf(doubts);
        }
    }

    /**
     * Somebody in doubt.
     *
     * @param anchor who
     * @param parity what was found
     * @param reason in words
     * @param at when
     */
    record Doubt(SourceAnchor anchor, Parity parity, String reason, Instant at) {}

    /**
     * What was looked at.
     *
     * @param route whose
     * @param fencingToken of the route's lease
     * @param pass where the pass stands now, or empty if it was no part of one; one that has ended
     *     clears away the doubts that are older than it
     * @param seen who was looked at; they are in doubt no more unless they are named again
     * @param doubts those of them who are
     */
    record Look(
            String route,
            long fencingToken,
            Optional<Pass> pass,
            Collection<SourceAnchor> seen,
            List<Doubt> doubts) {
        public Look {
            seen = List.copyOf(seen);
            doubts = List.copyOf(doubts);
        }
    }
}
