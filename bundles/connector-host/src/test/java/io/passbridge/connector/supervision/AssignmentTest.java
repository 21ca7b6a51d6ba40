/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.connector.supervision.session.Candidate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private final Candidate server = new ScriptedFactory().candidate(0, 1);
    private final Assignment served = Assignment.NONE.with(Map.of()).servedBy(server);

    private static Phase phase(Assignment assignment, String name) {
        return assignment.obstacle(name).orElseThrow().phase();
    }

    @Test
    void obstacle_bundleAndNameOfItsOwn_isNone() {
        assertThat(served.obstacle("corp")).isEmpty();
        assertThat(served.bundle()).isEqualTo(server.bundle());
    }

    @Test
    void obstacle_noBundle_isThatButTheTypeIsRemembered() {
        Assignment left = served.servedBy(null);
        assertThat(phase(left, "corp")).isEqualTo(Phase.NO_BUNDLE);
        assertThat(left.bundle()).isEmpty();
        assertThat(left.type()).isEqualTo(server.descriptor().type());
        assertThat(left.wantsSecret()).isEqualTo(server.descriptor().accountSecret());
    }

    @Test
    void obstacle_nameTaken_isThatUntilItIsFree() {
        Assignment second = served.nameTakenBy("other.pid");
        assertThat(second.obstacle("corp").orElseThrow().detail()).contains("other.pid");
        assertThat(second.nameTakenBy("").obstacle("corp")).isEmpty();
    }

    @Test
    void obstacle_nameThatNoFileMayHave_isThat() {
        assertThat(phase(served, "corp/../etc")).isEqualTo(Phase.INVALID);
    }

    @Test
    void obstacle_withdrawn_comesFirst() {
        assertThat(phase(served.nameTakenBy("other.pid").withdrawn(), "corp"))
                .isEqualTo(Phase.NO_BUNDLE);
    }
}
