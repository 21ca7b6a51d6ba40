/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.dpapi;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The native stand-in for crypt32 and kernel32, compiled with the C compiler of this machine and
 * put where JNA looks for libraries.
 */
final class StandIn {
    private static final Path TARGET = Path.of(System.getProperty("jna.library.path", "."));

    private StandIn() {}

    /** What the tests tell and ask the stand-in for crypt32. */
    interface Crypt32Control extends Library {
        void standin_place(String account, String machine, int failure);

        int standin_misuse();
    }

    /** What the tests ask the stand-in for kernel32. */
    interface Kernel32Control extends Library {
        int standin_live();

        int standin_dirty();
    }

    static boolean canBeBuilt() throws InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            return false;
        }
        try {
            return new ProcessBuilder("gcc", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static void build() throws Exception {
        Files.createDirectories(TARGET);
        compile("kernel32.c", "libkernel32.so");
        compile("crypt32.c", "libCrypt32.so", "-L" + TARGET, "-lkernel32", "-Wl,-rpath,$ORIGIN");
    }

    private static void compile(String source, String library, String... further) throws Exception {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("gcc", "-std=c11", "-O1", "-Wall", "-Wextra", "-Werror"));
        command.addAll(List.of("-shared", "-fPIC", "-o", TARGET.resolve(library).toString()));
        command.add(Path.of("src", "test", "c", source).toString());
        command.addAll(List.of(further));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }

    static Crypt32Control crypt32() {
        return Native.load("Crypt32", Crypt32Control.class);
    }

    static Kernel32Control kernel32() {
        return Native.load("kernel32", Kernel32Control.class);
    }
}
