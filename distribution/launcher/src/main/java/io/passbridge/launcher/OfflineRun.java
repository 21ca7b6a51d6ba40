/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher;

import io.passbridge.launcher.client.ExecClient;
import io.passbridge.launcher.platform.DataLock;
import io.passbridge.launcher.platform.Home;
import io.passbridge.launcher.platform.LaunchException;
import io.passbridge.launcher.platform.Platform;
import io.passbridge.launcher.platform.StopOnSignal;
import java.io.IOException;

/**
 * One command on a platform that runs, or else on the lower half of a platform that is started for
 * it: key set and store, but no connector and no cycle.
 */
final class OfflineRun {
    private final Home home;

    OfflineRun(Home home) {
        this.home = home;
    }

    /**
     * @param line as it is typed in the shell
     */
    int run(String line) throws LaunchException, IOException, InterruptedException {
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
