/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher;

import java.io.IOException;
import java.util.List;

/**
 * One command on a platform that runs, or else on the lower half of a platform that is started for
 * it: key set and store, but no connector and no cycle.
 */
final class OfflineRun {
    private final Home home;

    OfflineRun(Home home) {
        this.home = home;
    }

    int run(String scope, List<String> words)
            throws LaunchException, IOException, InterruptedException {
        String line = scope + ":" + CommandLine.quote(words);
        ExecClient client = new ExecClient(home);
        if (DataLock.holder(home.data()).isPresent()) {
            return client.run(line);
        }
        try (Platform platform = Platform.start(home, Platform.KEYS)) {
            StopOnSignal.register(platform);
            return client.run(line);
        }
    }
}
