/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * What was written into a file for a recipient without a connection.
 *
 * @param route the route
 * @param file the file, complete
 * @param export the id that the recipient's report names, too
 * @param people how many are in it
 * @param passwords how many of them with a source credential, the others with their state alone
 * @param outside how many people of the source the route's scope leaves out
 * @param leftOut how many of the others are not in it, or without their password
 * @param reasons the most frequent reasons for that, each with its number
 */
public record SealedExport(
        String route,
        Path file,
        UUID export,
        long people,
        long passwords,
        long outside,
        long leftOut,
        List<String> reasons) {
    public SealedExport {
        reasons = List.copyOf(reasons);
    }
}
