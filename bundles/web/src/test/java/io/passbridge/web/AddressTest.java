/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7"})
    void addressThatOthersReach_isRefused(String host) {
        assertThat(new Address(host, 8490).refusal())
                .hasValueSatisfying(
                        refusal -> {
                            assertThat(refusal.text()).contains("host = " + host, "neither TLS");
                            assertThat(refusal.remedy()).contains("proxy");
                        });
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void portThatIsNone_isRefused(int port) {
        assertThat(new Address("127.0.0.1", port).refusal())
                .hasValueSatisfying(r -> assertThat(r.text()).contains("port = " + port));
    }

    @Test
    void portOfAnotherProgram_isRefused_andAnswers() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket other = new ServerSocket(0, 1, loopback)) {
            Address address = new Address("127.0.0.1", other.getLocalPort());
            assertThat(address.refusal())
                    .hasValueSatisfying(
                            r -> assertThat(r.text()).contains("127.0.0.1:" + address.port()));
            assertThat(address.answers()).isTrue();
        }
    }

    @Test
    void addressOfIpv6_standsInBrackets() {
        assertThat(new Address("::1", 8490)).hasToString("http://[::1]:8490");
    }
}
