/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.passbridge.connector.ConnectorException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One configuration of a scripted connector. */
abstract class InstanceLab {
    @TempDir Path folder;
    HostFixture host;
    final ScriptedFactory factory = new ScriptedFactory();

    @BeforeEach
    void makeHost() throws Exception {
        host = new HostFixture(folder);
    }

    @AfterEach
    void closeHost() {
        host.close();
    }

    ConnectorException failure(String name) {
        return catchThrowableOfType(ConnectorException.class, () -> host.find(name));
    }

    static boolean awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    static CompletableFuture<Object> async(java.util.concurrent.Callable<?> work) {
        CompletableFuture<Object> future = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                future.complete(work.call());
                            } catch (Exception e) {
                                future.completeExceptionally(e);
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        return future;
    }
}
