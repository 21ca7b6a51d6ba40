/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import io.passbridge.crypto.FipsReport.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the operating system says of FIPS. */
@FunctionalInterface
interface HostFips {
    Host read();

    static HostFips ofThisHost() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")
                ? HostFips::windows
                : linux(Path.of("/proc/sys/crypto/fips_enabled"));
    }

    /** The switch of a Linux kernel; absent where the kernel has none. */
    static HostFips linux(Path file) {
        return () -> {
            try {
                return Files.readString(file).strip().equals("1") ? Host.ON : Host.OFF;
            } catch (IOException e) {
                return Host.UNKNOWN;
            }
        };
    }

    private static Host windows() {
        try {
            return WindowsFips.read();
        } catch (LinkageError e) {
            // the bundle jna-platform is not there
            return Host.UNKNOWN;
        }
    }
}
