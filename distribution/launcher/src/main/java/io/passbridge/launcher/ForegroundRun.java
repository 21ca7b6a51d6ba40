/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher;

import io.passbridge.launcher.client.InteractiveShell;
import io.passbridge.launcher.platform.ExitStatus;
import io.passbridge.launcher.platform.Home;
import io.passbridge.launcher.platform.LaunchException;
import io.passbridge.launcher.platform.Platform;
import io.passbridge.launcher.platform.StopOnSignal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** {@code run}: the platform in this process until somebody stops it. */
final class ForegroundRun {
    private final Home home;

    ForegroundRun(Home home) {
        this.home = home;
    }

    int run(boolean interactive) throws LaunchException, IOException, InterruptedException {
        Platform platform = Platform.start(home, Platform.READY);
        StopOnSignal.register(platform);
        System.out.println(
                "Passbridge " + home.version() + " is ready after " + sinceStart() + " s");
        System.out.flush();
        if (interactive && InteractiveShell.possible()) {
            InteractiveShell.attend(home, platform);
        } else {
            platform.awaitStop();
        }
        platform.close();
        return ExitStatus.DONE;
    }

    /** Since the process began, virtual machine included. */
    static String sinceStart() {
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        double seconds = (System.currentTimeMillis() - started) / 1000.0;
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
