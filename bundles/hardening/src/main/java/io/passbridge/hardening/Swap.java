/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hardening;

import io.passbridge.health.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether memory may be written to a disk in clear: swap that is not encrypted, for a process that
 * may be swapped.
 *
 * @param root the root of the file system
 */
record Swap(Path root) {
    private static final String SUBJECT = "swap";
    private static final String REMEDY =
            "Encrypt it (crypttab), or keep this process out of it: MemorySwapMax=0 in the unit, or"
                + " lockMemory=true in etc/io.passbridge.hardening.cfg with LimitMEMLOCK=infinity";

    Finding inspect(boolean locked) {
        Path swaps = root.resolve("proc/swaps");
        if (!Files.isReadable(swaps)) {
            return Finding.note(
                    SUBJECT,
                    "it cannot be seen here whether memory may be written to a disk",
                    "See to it that the page file is encrypted");
        }
        try {
            List<String> open = new ArrayList<>();
            List<String> lines = Files.readAllLines(swaps);
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                String place = line.strip().split("\\s+")[0];
                if (!place.isEmpty() && !isInMemory(place) && !isEncrypted(place)) {
                    open.add(place);
                }
            }
            if (open.isEmpty()) {
                return Finding.ok(
                        SUBJECT, lines.size() > 1 ? "encrypted or in memory" : "there is none");
            }
            String where = String.join(", ", open);
            if (locked) {
                return Finding.ok(SUBJECT, where + " is in clear, but memory is locked");
            }
            if (swapIsForbidden()) {
                return Finding.ok(SUBJECT, where + " is in clear, but not used for this process");
            }
            return Finding.warning(
                    SUBJECT,
                    where + " is not known to be encrypted, and keys in memory may get there",
                    REMEDY);
        } catch (IOException e) {
            return Finding.warning(
                    SUBJECT, "it cannot be examined: " + e.getMessage(), "Look at /proc/swaps");
        }
    }

    private static boolean isInMemory(String place) {
        return place.startsWith("/dev/zram");
    }

    /** A device of the device mapper whose target is a crypt target. */
    private boolean isEncrypted(String place) throws IOException {
        Path device = root.resolve(place.substring(1));
        String name = Files.exists(device) ? device.toRealPath().getFileName().toString() : "";
        Path uuid = root.resolve("sys/block").resolve(name).resolve("dm/uuid");
        return name.startsWith("dm-")
                && Files.isReadable(uuid)
                && Files.readString(uuid).startsWith("CRYPT-");
    }

    /** Whether the control group of this process, or one above it, may not swap at all. */
    private boolean swapIsForbidden() throws IOException {
        Path membership = root.resolve("proc/self/cgroup");
        if (!Files.isReadable(membership)) {
            return false;
        }
        for (String line : Files.readAllLines(membership)) {
            if (line.startsWith("0::/")) {
                Path top = root.resolve("sys/fs/cgroup");
                Path group = top.resolve(line.substring("0::/".length())).normalize();
                while (group.startsWith(top)) {
                    Path limit = group.resolve("memory.swap.max");
                    if (Files.isReadable(limit) && Files.readString(limit).strip().equals("0")) {
                        return true;
                    }
                    group = group.getParent();
                }
            }
        }
        return false;
    }
}
