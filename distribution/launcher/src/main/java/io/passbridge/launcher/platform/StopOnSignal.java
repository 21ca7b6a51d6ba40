/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.platform;

import java.io.IOException;

/** Stops the platform in order when the process is asked to end, and makes that a good end. */
public final class StopOnSignal {
    private StopOnSignal() {}

    /** From now on SIGTERM, SIGINT and SIGHUP stop the platform; the process ends with 0. */
    public static void register(Platform platform) {
        Thread hook = new Thread(() -> stop(platform), "passbridge-stop-on-signal");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void stop(Platform platform) {
        try {
            if (platform.isRunning()) {
                platform.close();
                Runtime.getRuntime().halt(ExitStatus.DONE);
            }
        } catch (LaunchException | IOException e) {
            System.err.println("passbridge: " + e.getMessage());
            Runtime.getRuntime().halt(ExitStatus.FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
