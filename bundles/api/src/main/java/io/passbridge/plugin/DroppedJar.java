/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.plugin;

/**
 * A file in the deploy folder, and what became of it.
 *
 * @param file as an administrator knows it: {@code deploy/ledger.jar}
 * @param state what became of it
 * @param bundle symbolic name and version of the bundle that runs for it; empty if none does
 * @param text what is the matter, in words; empty if nothing is
 * @param remedy what to do; empty if nothing has to be done
 */
public record DroppedJar(String file, State state, String bundle, String text, String remedy) {
    /** What became of a file. */
    public enum State {
        /** Its bundle runs. */
        RUNS,
        /** Its bundle starts as soon as the platform is that far. */
        STARTING,
        /** Its bundle did not start; the version before it runs again. */
        RETURNED,
        /** It is not taken; a version that was taken before it goes on running. */
        REFUSED,
        /** Its bundle was taken, but does not start. */
        FAILED,
        /** It is no jar. */
        IGNORED,
        /** It is gone since the platform ran last. */
        REMOVED
    }
}
