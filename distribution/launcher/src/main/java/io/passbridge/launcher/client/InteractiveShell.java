/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.client;

import io.passbridge.launcher.platform.ExitStatus;
import io.passbridge.launcher.platform.Home;
import io.passbridge.launcher.platform.LaunchException;
import io.passbridge.launcher.platform.Platform;
import io.passbridge.shell.channel.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The shell at a terminal, with history and completion: what is typed here is run by the platform
 * over its socket, whether that is this process or another one. Closing it from another thread
 * gives the terminal back.
 */
public final class InteractiveShell implements AutoCloseable {
    private static final String PROMPT = "passbridge> ";
    private static final Set<String> LEAVE = Set.of("exit", "quit", "logout");
    private static final String SHUTDOWN = "shutdown";

    private final Home home;
    private final boolean ownPlatform;
    private final Terminal terminal;
    private final ShellScreen screen;

    /**
     * Takes the terminal.
     *
     * @param ownPlatform whether the platform runs in this process and ends with its shell
     */
    InteractiveShell(Home home, boolean ownPlatform) throws IOException {
        this.home = home;
        this.ownPlatform = ownPlatform;
        this.terminal =
                TerminalBuilder.builder()
                        .name("passbridge")
                        .system(true)
                        .nativeSignals(true)
                        .build();
        this.screen = new ShellScreen(terminal);
        if (ownPlatform) {
            // a suspended platform would hold its lease and write nothing
            terminal.handle(Terminal.Signal.TSTP, Terminal.SignalHandler.SIG_IGN);
        }
    }

    /** Whether this process has a terminal to type at. */
    public static boolean possible() {
        return System.console() != null;
    }

    /** The shell of the platform in this process, until the platform is stopped by anybody. */
    public static void attend(Home home, Platform platform)
            throws IOException, InterruptedException {
        try (InteractiveShell shell = new InteractiveShell(home, true)) {
            Thread reader = new Thread(() -> shell.runUntilStopped(platform), "passbridge-shell");
            reader.setDaemon(true);
            reader.start();
            platform.awaitStop();
        }
    }

    private void runUntilStopped(Platform platform) {
        try {
            if (run()) {
                platform.stop();
            }
        } catch (LaunchException | IOException e) {
            if (platform.isRunning()) {
                screen.err().println("passbridge: the shell has ended: " + e.getMessage());
            }
        }
    }

    /** The shell of a platform that runs in another process. */
    public static int client(Home home) throws IOException, LaunchException {
        if (!possible()) {
            throw LaunchException.usage(
                    "the shell needs a terminal; exec 'COMMAND' runs one command without one");
        }
        try (InteractiveShell shell = new InteractiveShell(home, false)) {
            if (shell.run()) {
                new ExecClient(home).send(Frame.of(Frame.Type.STOP));
                System.out.println("Passbridge is stopping");
            }
        }
        return ExitStatus.DONE;
    }

    /**
     * Reads and runs commands until somebody leaves.
     *
     * @return whether the platform is to be stopped
     * @throws LaunchException if the platform is gone
     */
    boolean run() throws IOException, LaunchException {
        try (Conversation platform = new ExecClient(home).converse()) {
            terminal.handle(Terminal.Signal.INT, signal -> platform.interrupt());
            LineReader reader = reader(platform);
            while (true) {
                String line = read(reader);
                if (line.equals(SHUTDOWN) || LEAVE.contains(line) && ownPlatform) {
                    if (confirmStop()) {
                        return true;
                    }
                } else if (LEAVE.contains(line)) {
                    screen.out().println("The platform goes on; bin/passbridge stop ends it.");
                    return false;
                } else if (!line.isEmpty()) {
                    OptionalInt status = platform.run(line, screen);
                    if (status.isEmpty()) {
                        throw new ExecClient(home).stopped();
                    }
                }
            }
        }
    }

    /** A line; a word for leaving at the end of the input. */
    private static String read(LineReader reader) {
        try {
            return reader.readLine(PROMPT).strip();
        } catch (UserInterruptException e) {
            return "";
        } catch (EndOfFileException e) {
            return "exit";
        }
    }

    private boolean confirmStop() {
        String answer =
                screen.ask(
                                "This stops the platform: no password is synchronised then. Stop"
                                        + " it? [y/N] ")
                        .text()
                        .strip()
                        .toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    private LineReader reader(Conversation platform) throws IOException {
        return LineReaderBuilder.builder()
                .appName("passbridge")
                .terminal(terminal)
                .completer(new PlatformCompleter(platform))
                .variable(LineReader.HISTORY_FILE, history())
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P > ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /** For the owner alone, as everything below the data folder. */
    private Path history() throws IOException {
        Path file = home.data().resolve("shell-history");
        if (!Files.exists(file)
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
