/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

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
public record PageResult(
        int read, int applied, int unchanged, int failed, int retried, int stateOnly) {
    /** Nothing was read. */
    public static final PageResult NONE = new PageResult(0, 0, 0, 0, 0, 0);

    /** Both together. */
    PageResult plus(PageResult other) {
        return new PageResult(
                read + other.read,
                applied + other.applied,
                unchanged + other.unchanged,
                failed + other.failed,
                retried + other.retried,
                stateOnly + other.stateOnly);
    }

    public boolean somethingHappened() {
        return applied > 0 || failed > 0 || retried > 0;
    }
}
