/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.demo;

import io.passbridge.launcher.platform.LaunchException;
import java.io.PrintStream;
import java.util.Locale;

/** What the demonstration prints: numbered steps, how long they took, and checked claims. */
final class Story {
    private static final double NANOS_A_SECOND = 1e9;

    private final PrintStream out;
    private int step;
    private long began;

    Story(PrintStream out) {
        this.out = out;
    }

    /** Begins a step. */
    void title(String title) {
        step++;
        began = System.nanoTime();
        out.printf("%n%d. %s%n", step, title);
        out.flush();
    }

    /** Says how long the step took until now. */
    void done(String what) {
        double seconds = (System.nanoTime() - began) / NANOS_A_SECOND;
        out.printf(Locale.ROOT, "   %s after %.1f s%n", what, seconds);
    }

    /** States a claim that holds, or ends the demonstration. */
    void check(boolean holds, String claim) throws LaunchException {
        if (!holds) {
            throw LaunchException.failed("this should hold but does not: " + claim);
        }
        out.println("   ok  " + claim);
        out.flush();
    }

    /** Where to look next. */
    void epilogue(DemoFolder folder, String signIn, boolean interactive) {
        out.printf(
                """

                Everything is as it should be. Where to look next:
                  %1$s
                    sample/README.md  the people, their passwords, and more changes to append
                    etc/              the configuration of both connectors and of the route
                    data/log/         the log; no password and no hash is in it
                """,
                folder.root());
        out.println(
                interactive
                        ? "  sign in yourself, from another terminal:\n"
                                + "    curl -s -d '{\"login\":\"erin\",\"password\":"
                                + "\"Misty-Harbour-42\"}' "
                                + signIn
                                + "\n"
                                + "  the shell below: sync:status, sync:explain erin, events:list,"
                                + " doctor, help; exit ends it\n"
                        : "  in a terminal, the platform goes on here: with its shell, and a line"
                                + " of curl to sign in with\n");
        out.flush();
    }
}
