/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.directory.signin.Connections.Phase;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private Instant now = Instant.EPOCH;
    private final List<String> closed = new ArrayList<>();
    private final Connections connections =
            new Connections(3, ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    private static InetSocketAddress client(String address, int port) {
        return new InetSocketAddress(address, port);
    }

    private void open(String address, int port) {
        connections.opened(client(address, port), () -> closed.add(address + ":" + port));
    }

    private void pass(Duration time) {
        now = now.plus(time);
        connections.closeOverdue();
    }

    @Test
    void tooMany_closesTheOldestOfTheAddressThatHasMost() {
        open("127.0.0.1", 1);
        open("127.0.0.2", 2);
        open("127.0.0.2", 3);
        open("127.0.0.1", 4);
        assertThat(closed).containsExactly("127.0.0.2:2");
        assertThat(connections.size()).isEqualTo(3);
    }

    @Test
    void tooMany_leavesTheOneThatWaitsForTheServer() {
        open("127.0.0.1", 1);
        open("127.0.0.1", 2);
        open("127.0.0.1", 3);
        connections.enter(client("127.0.0.1", 1), Phase.ANSWER);
        connections.enter(client("127.0.0.1", 2), Phase.BODY);
        open("127.0.0.1", 4);
        open("127.0.0.1", 5);
        assertThat(closed)
                .as("longest in its phase first")
                .containsExactly("127.0.0.1:3", "127.0.0.1:2");
    }

    @Test
    void headAndBody_haveATimeEach() {
        open("127.0.0.1", 1);
        open("127.0.0.1", 2);
        pass(Duration.ofSeconds(10));
        connections.enter(client("127.0.0.1", 2), Phase.BODY);
        assertThat(closed).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(closed).containsExactly("127.0.0.1:1");
        pass(Duration.ofSeconds(10));
        assertThat(closed).containsExactly("127.0.0.1:1", "127.0.0.1:2");
        assertThat(connections.size()).isZero();
    }

    @Test
    void answer_mayTakeItsTime() {
        open("127.0.0.1", 1);
        connections.enter(client("127.0.0.1", 1), Phase.ANSWER);
        pass(Duration.ofSeconds(60));
        assertThat(closed).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(closed).hasSize(1);
    }

    @Test
    void connectionThatEnded_isForgotten() {
        open("127.0.0.1", 1);
        connections.closed(client("127.0.0.1", 1));
        connections.enter(client("127.0.0.1", 1), Phase.HEAD);
        assertThat(connections.size()).isZero();
    }
}
