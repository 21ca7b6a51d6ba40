/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.store.SyncState.Retry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who owes a write, on whichever database. */
interface RetryContract extends StoreLab {
    @Test
    default void dueRetries_thoseThatWaitedLongestComeFirst() throws Exception {
        Retry first = retry("z", NOW.minusSeconds(30));
        Retry second = retry("a", NOW.minusSeconds(20));
        Retry later = retry("m", NOW.plusSeconds(30));
        state().commit(page(token(), List.of(), List.of(later, second, first)));
        assertThat(state().dueRetries(route(), NOW, 10)).containsExactly(first, second);
        assertThat(state().dueRetries(route(), NOW, 1)).containsExactly(first);
    }

    @Test
    default void retryNow_makesEverythingDue() throws Exception {
        state().commit(
                        page(
                                token(),
                                List.of(),
                                List.of(retry("a", NOW), retry("b", NOW.plusSeconds(3_600)))));
        assertThat(state().retryNow(route())).isEqualTo(2);
        assertThat(state().dueRetries(route(), Instant.now().plusSeconds(30), 10)).hasSize(2);
    }
}
