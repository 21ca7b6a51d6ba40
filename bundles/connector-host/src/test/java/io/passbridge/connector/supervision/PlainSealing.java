/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.credential.Secret;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.Sealing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives out numbers for secrets, bound as the real thing binds them. */
public final class PlainSealing implements Sealing {
    private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    volatile boolean locked;
    volatile KeyException reason =
            new KeyException(KeyException.Kind.LOCKED, "the key set is locked");

    private record Kept(byte[] bytes, Binding binding) {}

    @Override
    public SealedValue seal(Secret secret, Binding binding) throws KeyException {
        requireUnlocked();
        int number = numbers.incrementAndGet();
        kept.put(number, new Kept(secret.toBytes(), binding));
        return SealedValue.of(new byte[] {(byte) number});
    }

    @Override
    public Secret open(SealedValue value, Binding binding) throws KeyException {
        requireUnlocked();
        Kept found = kept.get((int) value.toBytes()[0]);
        if (found == null || !found.binding().equals(binding)) {
            throw new KeyException(KeyException.Kind.REFUSED, "the value was refused");
        }
        return Secret.copyOf(found.bytes());
    }

    private void requireUnlocked() throws KeyException {
        if (locked) {
            throw reason;
        }
    }
}
