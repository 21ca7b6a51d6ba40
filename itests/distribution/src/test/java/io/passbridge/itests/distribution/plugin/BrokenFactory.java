/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution.plugin;

/** A new version with which something is wrong. */
public final class BrokenFactory extends NotesFactory {
    public BrokenFactory() {
        throw new IllegalStateException("notes have no pages");
    }
}
