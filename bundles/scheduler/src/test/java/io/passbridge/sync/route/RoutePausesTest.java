/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState;
import io.passbridge.store.SyncState.Pause;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoutePausesTest {
    private static final Pause PAUSE = new Pause(Instant.EPOCH, "by alice", false);

    private long nanos;
    private boolean silent;
    private int asked;
    private Optional<Pause> stored = Optional.of(PAUSE);
    private final RoutePauses pauses = new RoutePauses(state(), () -> nanos);

    /** Knows of the pause and of nothing else. */
    private SyncState state() {
        return (SyncState)
                Proxy.newProxyInstance(
                        SyncState.class.getClassLoader(),
                        new Class<?>[] {SyncState.class},
                        (proxy, method, arguments) -> {
                            if (!method.getName().equals("pause")) {
                                throw new UnsupportedOperationException(method.getName());
                            }
                            asked++;
                            if (silent) {
                                throw new StoreException(
                                        StoreException.Kind.UNAVAILABLE, "no answer");
                            }
                            return stored;
                        });
    }

    private void later() {
        nanos += TimeUnit.SECONDS.toNanos(1);
    }

    @Test
    void storeThatDoesNotAnswer_doesNotLiftAPause() {
        assertThat(pauses.of("corp")).contains(PAUSE);
        silent = true;
        later();
        assertThat(pauses.of("corp")).contains(PAUSE);
        later();
        assertThat(pauses.of("corp")).contains(PAUSE);
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void pauseThatAnotherServerLifted_isSeenASecondLater() {
        assertThat(pauses.of("corp")).contains(PAUSE);
        stored = Optional.empty();
        assertThat(pauses.of("corp")).contains(PAUSE);
        later();
        assertThat(pauses.of("corp")).isEmpty();
    }
}
