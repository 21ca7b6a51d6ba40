/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.pbkdf2;

import io.passbridge.crypto.CryptographicModule.VerifierInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * PBKDF2-HMAC-SHA-256 with 32-byte results for several users at once. Thread-safe; the caller's
 * thread does the work.
 *
 * <p>Two ways lead there: one user after the other over the JDK's SHA-256, which the virtual
 * machine replaces by the processor's SHA instructions; or users side by side in the lanes of
 * vector registers, where the Java platform has its vector module. Which is faster depends on the
 * processor and on the virtual machine, and the second is slow until it has been compiled. So work
 * begins with the first, and up to a tenth of the time goes into rehearsing the second until it is
 * seen to be faster, or long enough to give it up.
 */
public final class Pbkdf2Batch {
    private static final int KEY_LENGTH = HmacHash.SHA_256.length();
    private static final double REHEARSAL_SHARE = 0.1;
    private static final long REHEARSAL_NANOS = 4_000_000_000L;
    private static final double WORTHWHILE = 0.8;
    private static final int SURE = 3;
    private static final int PATIENCE = 5;

    private final ReentrantLock rehearsing = new ReentrantLock();
    private final boolean lanesPresent = lanesPresent();
    private final AtomicInteger disappointments = new AtomicInteger();
    private volatile long rehearsed;
    private volatile double nanosOneByOne;
    private int faster;

    /** Digests that lanes make in the time of one made alone; 0 until lanes are worthwhile. */
    private volatile double gain;

    /**
     * Derives a key for each input.
     *
     * @return 32 bytes each, in the order of the inputs, the caller's to wipe
     */
    public byte[][] derive(List<VerifierInput> inputs, int iterations) {
        long start = System.nanoTime();
        if (gain > 0) {
            byte[][] keys = sideBySide(inputs, iterations);
            if (inputs.size() >= Sha256Lanes.width()) {
                check(System.nanoTime() - start, 2.0 * iterations * inputs.size());
            }
            return keys;
        }
        byte[][] results = oneByOne(inputs, iterations);
        long took = System.nanoTime() - start;
        if (lanesPresent && rehearsed < REHEARSAL_NANOS && rehearsing.tryLock()) {
            try {
                rehearse(took, took / Math.max(1.0, 2.0 * iterations * inputs.size()));
            } finally {
                rehearsing.unlock();
            }
        }
        return results;
    }

    /** Goes back for good if the lanes do not keep what they promised. */
    private void check(long took, double compressions) {
        if (took / compressions < nanosOneByOne) {
            disappointments.set(0);
        } else if (disappointments.incrementAndGet() >= PATIENCE) {
            gain = 0;
            rehearsed = REHEARSAL_NANOS;
        }
    }

    private static byte[][] oneByOne(List<VerifierInput> inputs, int iterations) {
        byte[][] results = new byte[inputs.size()][];
        for (int i = 0; i < results.length; i++) {
            results[i] = alone(inputs.get(i), iterations);
        }
        return results;
    }

    private static byte[] alone(VerifierInput input, int iterations) {
        return Pbkdf2.derive(
                HmacHash.SHA_256, input.password(), input.salt(), iterations, KEY_LENGTH);
    }

    private byte[][] sideBySide(List<VerifierInput> inputs, int iterations) {
        byte[][] results = new byte[inputs.size()][];
        Pbkdf2Lanes lanes = new Pbkdf2Lanes();
        double enough = lanes.width() / gain;
        List<Integer> fitting = new ArrayList<>(inputs.size());
        for (int i = 0; i < results.length; i++) {
            if (Pbkdf2Lanes.takes(inputs.get(i))) {
                fitting.add(i);
            } else {
                results[i] = alone(inputs.get(i), iterations);
            }
        }
        for (int from = 0; from < fitting.size(); from += lanes.width()) {
            List<Integer> part =
                    fitting.subList(from, Math.min(fitting.size(), from + lanes.width()));
            if (part.size() < enough) {
                part.forEach(i -> results[i] = alone(inputs.get(i), iterations));
                continue;
            }
            byte[][] keys = lanes.derive(part.stream().map(inputs::get).toList(), iterations);
            for (int i = 0; i < keys.length; i++) {
                results[part.get(i)] = keys[i];
            }
        }
        return results;
    }

    /**
     * @param worked nanoseconds of real work before
     * @param nanosAlone of one compression in the first way
     */
    private void rehearse(long worked, double nanosAlone) {
        Pbkdf2Lanes lanes = new Pbkdf2Lanes();
        List<VerifierInput> nothing = List.of(new VerifierInput(new byte[0], new byte[0]));
        int iterations = 4;
        long start = System.nanoTime();
        long end = start;
        while (end - start < worked * REHEARSAL_SHARE) {
            long before = end;
            lanes.derive(nothing, iterations);
            end = System.nanoTime();
            double nanos = (end - before) / (2.0 * iterations + 2) / lanes.width();
            iterations = end - before < 500_000 ? Math.min(2 * iterations, 1_000) : iterations;
            faster = nanos < WORTHWHILE * nanosAlone ? faster + 1 : 0;
            if (faster >= SURE && iterations >= 128) {
                nanosOneByOne = nanosAlone;
                gain = nanosAlone / nanos;
                return;
            }
        }
        rehearsed += end - start;
    }

    private static boolean lanesPresent() {
        try {
            return Sha256Lanes.width() >= 4;
        } catch (LinkageError e) {
            // this Java platform was started without its vector module
            return false;
        }
    }
}
