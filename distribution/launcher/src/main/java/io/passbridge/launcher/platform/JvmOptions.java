/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.platform;

import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the virtual machine of the platform is started; as {@code bin/passbridge run} does it. */
public final class JvmOptions {
    private static final String VECTORS = "jdk.incubator.vector";

    /** From this Java on, digests are made faster by the vector module (decision 0020). */
    private static final int GOOD_VECTORS = 25;

    private JvmOptions() {}

    public static List<String> of(Home home) {
        Path lib = home.root().resolve("lib");
        List<String> options = new ArrayList<>();
        options.add("@" + lib.resolve("jvm.options"));
        options.add("@" + home.configured("jvm.options"));
        if (Runtime.version().feature() >= GOOD_VECTORS
                && ModuleFinder.ofSystem().find(VECTORS).isPresent()) {
            options.add("--add-modules=" + VECTORS);
        }
        options.add("-XX:ErrorFile=" + home.log().resolve("hs_err_%p.log"));
        options.add("-Dpassbridge.home=" + home.root());
        options.add("-jar");
        options.add(lib.resolve("passbridge-launcher.jar").toString());
        return options;
    }
}
