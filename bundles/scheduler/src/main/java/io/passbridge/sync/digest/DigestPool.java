/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.digest;

import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.SourceCredential;
import io.passbridge.crypto.ModuleRefusedException;
import io.passbridge.hash.DigestScheme;
import io.passbridge.sync.route.CycleFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Digests a page's credentials on all cores, in chunks that a scheme can compute side by side. */
public final class DigestPool {
    private static final int LANES = 8;
    private static final int MOST = 256;
    private static final int ATTEMPTS = 3;
    private static final Duration SECOND_CHANCE = Duration.ofMillis(300);

    private final DigestSchemes schemes;
    private final ExecutorService threads;
    private final int cores;
    private final Map<String, Double> observed = new ConcurrentHashMap<>();

    public DigestPool(DigestSchemes schemes, ExecutorService threads, int cores) {
        this.schemes = schemes;
        this.threads = threads;
        this.cores = cores;
    }

    /**
     * How many users to take at once so that no step lasts much longer than two seconds, whatever
     * the scheme costs.
     */
    public int pageSize(String scheme, int configured) {
        return (int) Math.max(LANES, Math.min(configured, rate(scheme) * 2));
    }

    /**
     * A scheme may have judged itself in a busy moment; what was seen since counts if it is more.
     */
    private double rate(String scheme) {
        return Math.max(Math.max(1, perSecond(scheme)), observed.getOrDefault(scheme, 0.0));
    }

    private void observe(String scheme, int digests, long nanos) {
        double now = digests * 1e9 / Math.max(1, nanos);
        observed.merge(scheme, now, (before, latest) -> (before + latest) / 2);
    }

    /** Digests a second on all cores, or 0 if the scheme is away. */
    public double perSecond(String scheme) {
        return schemes.find(scheme).map(DigestScheme::digestsPerSecond).orElse(0.0) * cores;
    }

    /**
     * Digests credentials.
     *
     * @return for each credential its digest, or nothing if the scheme failed on this one alone
     */
    public List<Optional<Digest>> digest(String scheme, List<SourceCredential> credentials)
            throws CycleFailure, InterruptedException {
        if (credentials.isEmpty()) {
            return List.of();
        }
        long began = System.nanoTime();
        int size = chunkSize(scheme, credentials.size());
        List<Future<List<Optional<Digest>>>> parts = new ArrayList<>();
        AtomicBoolean broken = new AtomicBoolean();
        for (int from = 0; from < credentials.size(); from += size) {
            List<SourceCredential> part =
                    credentials.subList(from, Math.min(credentials.size(), from + size));
            parts.add(threads.submit(() -> broken.get() ? List.of() : chunk(scheme, part)));
        }
        List<Optional<Digest>> digests = new ArrayList<>(credentials.size());
        try {
            for (Future<List<Optional<Digest>>> part : parts) {
                digests.addAll(part.get());
            }
            observe(scheme, digests.size(), System.nanoTime() - began);
            return digests;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CycleFailure failure) {
                throw failure;
            }
            throw new CycleFailure(
                    CycleFailure.Kind.DIGEST,
                    "digest scheme '%s' failed: %s"
                            .formatted(scheme, e.getCause().getClass().getName()));
        } finally {
            broken.set(true);
            settle(parts);
        }
    }

    /**
     * Compares credentials with digests of a scheme.
     *
     * @return an answer for each, or empty if the scheme cannot tell
     * @throws LegacyRefusedException if the policy does not permit it
     */
    public Optional<List<Boolean>> match(
            String name, List<SourceCredential> credentials, List<Digest> digests)
            throws CycleFailure, InterruptedException {
        DigestScheme scheme = schemes.await(name, null, SECOND_CHANCE);
        int size = chunkSize(name, credentials.size());
        List<Future<Optional<List<Boolean>>>> parts = new ArrayList<>();
        for (int from = 0; from < credentials.size(); from += size) {
            int start = from;
            int end = Math.min(credentials.size(), from + size);
            parts.add(
                    threads.submit(
                            () ->
                                    scheme.match(
                                            credentials.subList(start, end),
                                            digests.subList(start, end))));
        }
        List<Boolean> same = new ArrayList<>(credentials.size());
        try {
            for (Future<Optional<List<Boolean>>> part : parts) {
                Optional<List<Boolean>> answer = part.get();
                if (answer.isEmpty()) {
                    return Optional.empty();
                }
                same.addAll(answer.get());
            }
            return Optional.of(same).filter(all -> all.size() == credentials.size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LegacyRefusedException refused) {
                throw refused;
            }
            throw new CycleFailure(
                    CycleFailure.Kind.DIGEST,
                    "digest scheme '%s' failed: %s"
                            .formatted(name, e.getCause().getClass().getName()));
        } finally {
            settle(parts);
        }
    }

    /** The credentials may be wiped only when no thread works on them any more. */
    private static void settle(List<? extends Future<?>> parts) {
        boolean interrupted = false;
        for (Future<?> part : parts) {
            while (!part.isDone()) {
                try {
                    part.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private int chunkSize(String scheme, int total) {
        int quarterSecond = (int) Math.min(MOST, Math.max(LANES, rate(scheme) / cores / 4));
        int share = (total + cores - 1) / cores;
        return Math.max(1, Math.min(quarterSecond, share));
    }

    private List<Optional<Digest>> chunk(String name, List<SourceCredential> credentials)
            throws CycleFailure, InterruptedException {
        DigestScheme failed = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            DigestScheme scheme = schemes.await(name, failed, SECOND_CHANCE);
            Optional<List<Digest>> digests = attempt(scheme, credentials);
            if (digests.isPresent()) {
                return digests.get().stream().map(Optional::ofNullable).toList();
            }
            failed = scheme;
        }
        return oneByOne(schemes.await(name, null, SECOND_CHANCE), credentials);
    }

    /** Nothing if the scheme failed: its bundle may be going away at this very moment. */
    private static Optional<List<Digest>> attempt(
            DigestScheme scheme, List<? extends SourceCredential> credentials) throws CycleFailure {
        try {
            List<Digest> digests = scheme.digest(credentials);
            return Optional.of(digests).filter(d -> d.size() == credentials.size());
        } catch (LegacyRefusedException e) {
            throw new CycleFailure(CycleFailure.Kind.LEGACY, e.getMessage());
        } catch (ModuleRefusedException e) {
            throw new CycleFailure(CycleFailure.Kind.LEGACY, e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static List<Optional<Digest>> oneByOne(
            DigestScheme scheme, List<SourceCredential> credentials) throws CycleFailure {
        List<Optional<Digest>> digests = new ArrayList<>(credentials.size());
        boolean any = false;
        for (SourceCredential credential : credentials) {
            Optional<Digest> one =
                    attempt(scheme, List.of(credential)).map(digest -> digest.get(0));
            digests.add(one);
            any |= one.isPresent();
        }
        if (!any && credentials.size() > 1) {
            throw new CycleFailure(
                    CycleFailure.Kind.DIGEST,
                    "digest scheme '%s' fails for every credential; update or remove its bundle"
                            .formatted(scheme.name()));
        }
        return digests;
    }
}
