/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the virtual machine of the platform is started; as {@code bin/passbridge run} does it. */
final class JvmOptions {
    private JvmOptions() {}

    static List<String> of(Home home) {
        Path lib = home.root().resolve("lib");
        List<String> options = new ArrayList<>();
        options.add("@" + lib.resolve("jvm.options"));
        options.add("@" + home.configured("jvm.options"));
        options.add("-XX:ErrorFile=" + home.log().resolve("hs_err_%p.log"));
        options.add("-Dpassbridge.home=" + home.root());
        options.add("-jar");
        options.add(lib.resolve("passbridge-launcher.jar").toString());
        return options;
    }
}
