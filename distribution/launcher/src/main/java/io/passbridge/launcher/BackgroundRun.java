/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher;

import io.passbridge.launcher.client.ExecClient;
import io.passbridge.launcher.platform.DataLock;
import io.passbridge.launcher.platform.ExitStatus;
import io.passbridge.launcher.platform.Home;
import io.passbridge.launcher.platform.JvmOptions;
import io.passbridge.launcher.platform.LaunchException;
import io.passbridge.shell.channel.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code start}, {@code stop} and {@code status}: the platform as a process of its own. */
final class BackgroundRun {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long POLL_MILLIS = 50;

    private final Home home;

    BackgroundRun(Home home) {
        this.home = home;
    }

    int start() throws LaunchException, IOException, InterruptedException {
        long began = System.nanoTime();
        home.create();
        DataLock.take(home.data()).close();
        Path console = home.log().resolve("console.log");
        Process process =
                new ProcessBuilder(command())
                        .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                        .redirectOutput(ProcessBuilder.Redirect.to(console.toFile()))
                        .redirectErrorStream(true)
                        .start();
        while (!new ExecClient(home).answers()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (!process.isAlive() || waited.compareTo(PATIENCE) > 0) {
                process.destroy();
                throw LaunchException.failed(
                        "the platform did not become ready; "
                                + console
                                + " says:\n"
                                + tail(console));
            }
            process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "Passbridge %s is ready after %.1f s (process %d)%n",
                home.version(),
                seconds,
                process.pid());
        System.out.flush();
        // says on standard error that the key set is locked, if it is
        new ExecClient(home).watch("platform");
        return ExitStatus.DONE;
    }

    /** The same Java with the options of the platform, out of reach of this terminal's signals. */
    private List<String> command() {
        List<String> command = new ArrayList<>();
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            command.add(setsid.toString());
        }
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(JvmOptions.of(home));
        command.add("run");
        command.add("--no-shell");
        return command;
    }

    private static java.io.File nothing() {
        return new java.io.File(java.io.File.separatorChar == '/' ? "/dev/null" : "NUL");
    }

    private static String tail(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    int stop() throws LaunchException, IOException, InterruptedException {
        DataLock.Holder holder = holder();
        Optional<ProcessHandle> process = ProcessHandle.of(holder.pid());
        if (!new ExecClient(home).send(Frame.of(Frame.Type.STOP))) {
            process.ifPresent(ProcessHandle::destroy);
        }
        try {
            if (process.isPresent()) {
                process.get().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (TimeoutException | ExecutionException e) {
            throw LaunchException.failed(
                    "process "
                            + holder.pid()
                            + " did not end within "
                            + PATIENCE.toSeconds()
                            + " s; look into "
                            + home.log()
                            + ", and end it with kill -9 if need be: nothing is lost by that");
        }
        System.out.println("Passbridge is stopped");
        return ExitStatus.DONE;
    }

    int status(boolean json) throws LaunchException, IOException, InterruptedException {
        DataLock.Holder holder = holder();
        if (!new ExecClient(home).answers()) {
            throw LaunchException.failed(
                    "process "
                            + holder.pid()
                            + " runs on "
                            + home.data()
                            + " since "
                            + holder.since()
                            + " but does not answer; it may still be starting, see "
                            + home.log());
        }
        return new ExecClient(home).run("platform" + (json ? " --json" : ""));
    }

    private DataLock.Holder holder() throws IOException, LaunchException {
        return DataLock.holder(home.data()).orElseThrow(() -> LaunchException.notRunning(home));
    }
}
