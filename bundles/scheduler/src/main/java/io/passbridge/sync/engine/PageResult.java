/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

/**
 * What became of the users of one page, or of all pages of a run.
 *
 * @param read changes read
 * @param applied stored at the target
 * @param unchanged the target had them already, or the gates did
 * @param failed refused for good
 * @param retried put into the retry queue
 * @param stateOnly of the applied: without a digest
 */
record PageResult(int read, int applied, int unchanged, int failed, int retried, int stateOnly) {
    boolean somethingHappened() {
        return applied > 0 || failed > 0 || retried > 0;
    }
}
