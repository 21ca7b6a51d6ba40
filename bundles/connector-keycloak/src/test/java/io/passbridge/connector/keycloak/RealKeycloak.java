/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.itests.lab.KeycloakLab;
import java.io.IOException;
import java.util.Optional;

/** The servers of the live tests: one for each way of writing, started when it is first asked. */
enum RealKeycloak {
    /** As it is on Maven Central. */
    PLAIN,
    /** With our provider, whose hash provider is the server's default one. */
    PROVIDER;

    private KeycloakLab lab;

    synchronized KeycloakLab lab() throws IOException, InterruptedException {
        if (lab == null) {
            KeycloakLab started =
                    KeycloakLab.start(
                            this == PLAIN
                                    ? Optional.empty()
                                    : Optional.of(KeycloakLab.providerJar()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started)));
            lab = started;
        }
        return lab;
    }

    private static void close(KeycloakLab lab) {
        try {
            lab.close();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
