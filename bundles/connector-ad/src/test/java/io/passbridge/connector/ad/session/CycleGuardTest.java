/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.passbridge.connector.ad.drsr.PrefixTable;
import io.passbridge.connector.ad.drsr.ReplyHead;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationException.Kind;
import io.passbridge.connector.ad.replication.UpToDatenessVector;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CycleGuardTest {
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);

    private final CycleGuard guard = new CycleGuard(ReplicationEndpoint.of("dc1.corp.example"));

    private static ReplyHead reply(UUID source, long high, boolean more, Map<UUID, Long> vector) {
        PrefixTable prefixes = PrefixTable.of(EnumSet.of(DirectoryAttribute.NAME), new byte[0]);
        UpToDatenessVector utd = new UpToDatenessVector(vector);
        return new ReplyHead(
                6, source, high, 0, more ? 0 : high, utd, prefixes, 1, 0, false, more, 0, false, 0);
    }

    private static ReplicationCursor cursor(UUID source, long high, Map<UUID, Long> vector) {
        return new ReplicationCursor(source, high, 0, high, new UpToDatenessVector(vector), true);
    }

    @Test
    void next_otherControllerThatLagsBehind_keepsWhatIsKnownOfTheFirst() throws Exception {
        ReplicationCursor next =
                guard.next(
                        cursor(ONE, 500, Map.of(ONE, 500L, TWO, 80L)),
                        reply(TWO, 90, false, Map.of(ONE, 450L, TWO, 90L)));

        assertThat(next.complete()).isTrue();
        assertThat(next.sourceInvocation()).isEqualTo(TWO);
        assertThat(next.upToDateness().entries()).isEqualTo(Map.of(ONE, 500L, TWO, 90L));
    }

    @Test
    void next_vectorWithoutTheSourceItself_isCompletedFromThePropertyNumber() throws Exception {
        ReplicationCursor next =
                guard.next(cursor(ONE, 500, Map.of(ONE, 500L)), reply(ONE, 510, false, Map.of()));

        assertThat(next.upToDateness().usn(ONE)).isEqualTo(510);
    }

    @Test
    void next_controllerBehindItsOwnEntry_isRestored() {
        ReplicationException same =
                catchThrowableOfType(
                        ReplicationException.class,
                        () ->
                                guard.next(
                                        cursor(ONE, 500, Map.of(ONE, 500L)),
                                        reply(ONE, 500, false, Map.of(ONE, 400L))));
        ReplicationException other =
                catchThrowableOfType(
                        ReplicationException.class,
                        () ->
                                guard.next(
                                        cursor(ONE, 500, Map.of(ONE, 500L, TWO, 80L)),
                                        reply(TWO, 70, false, Map.of(TWO, 70L))));

        assertThat(same.kind()).isEqualTo(Kind.CONTROLLER_RESTORED);
        assertThat(other.kind()).isEqualTo(Kind.CONTROLLER_RESTORED);
    }

    @Test
    void next_pageUnderWay_isNotComplete() throws Exception {
        ReplicationCursor next =
                guard.next(cursor(ONE, 500, Map.of(ONE, 500L)), reply(ONE, 600, true, Map.of()));

        assertThat(next.complete()).isFalse();
        assertThat(next.upToDateness().usn(ONE)).isEqualTo(500);
    }
}
