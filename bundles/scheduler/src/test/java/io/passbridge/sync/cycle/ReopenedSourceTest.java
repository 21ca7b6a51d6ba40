/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import static io.passbridge.sync.route.CycleFailure.Kind.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.CycleFailure.Cause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source that is opened anew in the middle of a run. */
class ReopenedSourceTest extends CycleLab {
    @BeforeEach
    void open() {
        people(50);
        bench.state.observer = page -> bench.connectors.session.incrementAndGet();
    }

    @Test
    void placeWithinARun_isNotTakenForOneOfTheNewSession() throws Exception {
        bench.source.durable = false;
        assertThatThrownBy(() -> bench.cycle("pageSize=10"))
                .isInstanceOfSatisfying(
                        CycleFailure.class,
                        e -> assertThat(e.origin()).isEqualTo(new Cause(SOURCE, Kind.UNREACHABLE)))
                .hasMessageContaining("source corp was opened anew in the middle of the run");
        assertThat(bench.state.position.watermark().isBeginning()).isTrue();
        bench.state.observer = page -> {};
        bench.cycle("pageSize=10");
        assertThat(bench.target.digests).hasSize(50);
        assertThat(bench.state.position.watermark().isBeginning()).isFalse();
    }

    @Test
    void durablePlace_isGoodInEverySession() throws Exception {
        bench.cycle("pageSize=10");
        assertThat(bench.target.digests).hasSize(50);
    }
}
