/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class ServerIdTest {
    private static final int BUNDLES = 4;

    @TempDir Path data;

    @RepeatedTest(20)
    void nameThatSeveralBundlesAskForAtOnce_isOneName() throws Exception {
        CyclicBarrier together = new CyclicBarrier(BUNDLES);
        ExecutorService threads = Executors.newFixedThreadPool(BUNDLES);
        try {
            List<Future<String>> names = new ArrayList<>();
            for (int i = 0; i < BUNDLES; i++) {
                names.add(
                        threads.submit(
                                () -> {
                                    ServerId id = new ServerId(data);
                                    together.await();
                                    return id.read();
                                }));
            }
            String name = new ServerId(data).read();
            for (Future<String> each : names) {
                assertThat(each.get()).isEqualTo(name);
            }
            assertThat(data.resolve("scheduler").toFile().list()).containsExactly("server-id");
        } finally {
            threads.shutdownNow();
        }
    }
}
