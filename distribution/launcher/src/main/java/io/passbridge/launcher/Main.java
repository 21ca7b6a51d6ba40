/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher;

import io.passbridge.launcher.demo.Demo;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Entry point: one word says what to do, and the exit status how it went. */
public final class Main {
    static final int DONE = 0;
    static final int USAGE = 1;
    static final int FAILED = 2;
    static final int NOT_RUNNING = 4;

    private static final String USAGE_TEXT =
            """
            Passbridge synchronises password hashes from directories to other identity systems.

            usage: passbridge COMMAND

              run [--no-shell]   start the platform here, with its shell
              start              start the platform in the background and wait until it is ready
              stop               stop the running platform
              status [--json]    say whether the platform runs, and whether its key set is open
              shell              the shell of the running platform, in this terminal
              exec 'COMMAND'     run one shell command on the running platform
              doctor ...         the same as exec 'doctor ...'
              SCOPE COMMAND ...  the same as exec 'SCOPE:COMMAND ...'; SCOPE is account, connector,
                                 sync, events, config or fips
              keys COMMAND ...   run a keys: command, also while the platform is stopped
              demo [FOLDER]      synchronise a made-up directory and sign in, in a new folder
              --help             this text
              --version          the version

            example: passbridge exec 'sync:status --json'

            status: 0 done, 1 usage, 2 refused or failed, 3 partly done, 4 not running,
                    5 running with a locked key set (of status)
            folders: PASSBRIDGE_ETC (configuration), PASSBRIDGE_DEPLOY (connectors) and
                     PASSBRIDGE_DATA (state), if they are not beside bin/
            Java: PASSBRIDGE_JAVA, else JAVA_HOME, else java on the PATH; version 17 or newer
            """;

    private Main() {}

    /** Does what the first argument says and ends the process. */
    public static void main(String[] arguments) {
        int status;
        try {
            status = run(Home.ofThisDistribution(), Arrays.asList(arguments));
        } catch (LaunchException e) {
            System.err.println("passbridge: " + e.getMessage());
            status = e.status();
        } catch (FileSystemException e) {
            System.err.println("passbridge: " + words(e));
            status = FAILED;
        } catch (IOException e) {
            System.err.println("passbridge: " + e);
            status = FAILED;
        } catch (InterruptedException e) {
            status = FAILED;
        }
        System.out.flush();
        System.exit(status);
    }

    /** Java says no more than the file's name if access is denied. */
    static String words(FileSystemException failure) {
        String reason =
                failure instanceof AccessDeniedException
                        ? "access is denied"
                        : Objects.requireNonNullElse(
                                failure.getReason(), failure.getClass().getSimpleName());
        return failure.getFile()
                + " cannot be used: "
                + reason
                + "; the folder has to belong to the account "
                + System.getProperty("user.name")
                + ", or set PASSBRIDGE_DATA (and PASSBRIDGE_DEPLOY) to folders that do";
    }

    private static int run(Home home, List<String> words)
            throws LaunchException, IOException, InterruptedException {
        String command = words.isEmpty() ? "" : words.get(0);
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        switch (command) {
            case "run":
                allow(rest, "--no-shell");
                return new ForegroundRun(home).run(!rest.contains("--no-shell"));
            case "start":
                allow(rest);
                return new BackgroundRun(home).start();
            case "stop":
                allow(rest);
                return new BackgroundRun(home).stop();
            case "status":
                allow(rest, "--json");
                return new BackgroundRun(home).status(rest.contains("--json"));
            case "exec":
                if (rest.isEmpty()) {
                    throw LaunchException.usage("exec needs a command, such as exec 'help'");
                }
                return new ExecClient(home).run(String.join(" ", rest));
            case "shell":
                allow(rest);
                return InteractiveShell.client(home);
            case "doctor", "complete":
                return new ExecClient(home).run(CommandLine.quote(words));
            case "account", "config", "connector", "events", "fips", "sync":
                if (rest.isEmpty()) {
                    throw LaunchException.usage(
                            command + " needs a command; exec 'help " + command + "' lists them");
                }
                return new ExecClient(home).run(command + ":" + CommandLine.quote(rest));
            case "keys":
                if (rest.isEmpty()) {
                    throw LaunchException.usage("keys needs a command, such as keys status");
                }
                return new OfflineRun(home).run("keys", rest);
            case "demo":
                return Demo.run(home, rest);
            case "--help", "-h", "help":
                System.out.print(USAGE_TEXT);
                return DONE;
            case "--version":
                System.out.println("Passbridge " + home.version());
                return DONE;
            case "":
                System.err.print(USAGE_TEXT);
                return USAGE;
            default:
                throw LaunchException.usage(
                        "there is no command '" + command + "'; see --help for those there are");
        }
    }

    private static void allow(List<String> words, String... allowed) throws LaunchException {
        for (String word : words) {
            if (!List.of(allowed).contains(word)) {
                throw LaunchException.usage("'" + word + "' is not expected here; see --help");
            }
        }
    }
}
