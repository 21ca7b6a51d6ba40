/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import io.passbridge.crypto.FipsReport.Host;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The policy at one moment: configuration and host together. Immutable. */
record Rules(boolean configured, Host host, boolean passwordSync, Set<String> exceptions) {
    /** What reading Active Directory and {@code pph1} ask for. */
    private static final Set<String> PASSWORD_SYNC = Set.of("read Active Directory", "digest pph1");

    static Rules of(FipsConfiguration configuration, Host host) {
        return new Rules(
                isOn(configuration.enforce()),
                host,
                configuration.allowLegacyForPasswordSync(),
                split(configuration.exceptions()));
    }

    private static boolean isOn(String enforce) {
        return switch (enforce) {
            case "on" -> true;
            case "off" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "enforce of io.passbridge.fips is '" + enforce + "'; on or off");
        };
    }

    /** A configuration file gives a list as one text with commas. */
    private static Set<String> split(String[] exceptions) {
        return Arrays.stream(exceptions)
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The stricter of configuration and host. */
    boolean enforced() {
        return configured || host == Host.ON;
    }

    boolean permits(String purpose) {
        return !enforced()
                || exceptions.contains(purpose)
                || passwordSync && PASSWORD_SYNC.contains(purpose);
    }

    /** The setting that permits a purpose. */
    static String remedy(String purpose) {
        return (PASSWORD_SYNC.contains(purpose)
                        ? "set 'allowLegacyForPasswordSync = true'"
                        : "add '" + purpose + "' to 'exceptions'")
                + " in etc/io.passbridge.fips.cfg to allow it, or stop what needs it";
    }

    /** For the journal. */
    String inWords() {
        return (enforced() ? "enforced" : "not enforced")
                + (passwordSync ? ", legacy allowed for password sync" : "")
                + (exceptions.isEmpty() ? "" : ", exceptions " + String.join(", ", exceptions));
    }
}
