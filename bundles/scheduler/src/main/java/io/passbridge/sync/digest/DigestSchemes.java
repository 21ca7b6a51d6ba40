/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.digest;

import io.passbridge.hash.DigestScheme;
import io.passbridge.sync.route.CycleFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The digest schemes that are there now. A scheme may go and come back in another version while
 * cycles run, so it is looked up for each batch and never kept.
 */
public final class DigestSchemes {
    private final List<DigestScheme> schemes = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Duration patience;

    /**
     * @param patience how long a running cycle waits for a scheme that is away
     */
    public DigestSchemes(Duration patience) {
        this.patience = patience;
    }

    public synchronized void add(DigestScheme scheme) {
        schemes.add(scheme);
        seen.add(scheme.name());
        notifyAll();
    }

    public synchronized void remove(DigestScheme scheme) {
        schemes.removeIf(s -> s == scheme);
        notifyAll();
    }

    /** The scheme of that name that came last. */
    public synchronized Optional<DigestScheme> find(String name) {
        DigestScheme found = null;
        for (DigestScheme scheme : schemes) {
            if (scheme.name().equals(name)) {
                found = scheme;
            }
        }
        return Optional.ofNullable(found);
    }

    public synchronized List<String> names() {
        return schemes.stream().map(DigestScheme::name).distinct().sorted().toList();
    }

    /**
     * Waits until the scheme is there, and is not the given one, which failed. One that was never
     * there is not on its way: a configuration names what no bundle provides.
     */
    public synchronized DigestScheme await(String name, DigestScheme failed, Duration least)
            throws CycleFailure, InterruptedException {
        long now = System.nanoTime();
        long end = now + patience.toNanos();
        long acceptFailed = now + least.toNanos();
        while (true) {
            Optional<DigestScheme> found = find(name);
            now = System.nanoTime();
            if (found.isPresent() && (found.get() != failed || now >= acceptFailed)) {
                return found.get();
            }
            if (now >= end || !seen.contains(name)) {
                throw new CycleFailure(
                        CycleFailure.Kind.DIGEST,
                        "no bundle provides the digest scheme '%s'; available are %s"
                                .formatted(name, String.join(", ", names())));
            }
            long until = found.isPresent() ? acceptFailed : end;
            wait(Math.max(1, Math.min(until - now, end - now) / 1_000_000));
        }
    }
}
