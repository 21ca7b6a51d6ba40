/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher;

import io.passbridge.launcher.client.CommandLine;
import io.passbridge.launcher.client.ExecClient;
import io.passbridge.launcher.client.InteractiveShell;
import io.passbridge.launcher.demo.Demo;
import io.passbridge.launcher.platform.ExitStatus;
import io.passbridge.launcher.platform.Home;
import io.passbridge.launcher.platform.LaunchException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Entry point: one word says what to do, and the exit status how it went. */
public final class Main {
    private static final String USAGE_TEXT =
            """
            Passbridge synchronises password hashes from directories to other systems.

            usage: passbridge COMMAND

              run [--no-shell]   start the platform here, with its shell
              start              start the platform in the background and wait for it
              stop               stop the running platform
              status [--json]    say whether the platform runs and its key set is open
              shell              the shell of the running platform, in this terminal
              exec 'COMMAND'     run one shell command on the running platform
              doctor ...         the same as exec 'doctor ...'
              SCOPE COMMAND ...  the same as exec 'SCOPE:COMMAND ...'; SCOPE is account,
                                 connector, sync, events, config or fips
              keys COMMAND ...   run a keys: command, also while the platform is stopped
              demo [FOLDER]      synchronise a made-up directory, in a new folder
              --help             this text
              --version          the version

            example: passbridge exec 'sync:status --json'

            status: 0 done, 1 usage, 2 refused or failed, 3 partly done, 4 not running,
                    5 running with a locked key set (of status)
            folders: PASSBRIDGE_ETC (configuration), PASSBRIDGE_DEPLOY (connectors) and
                     PASSBRIDGE_DATA (state), if they are not beside bin/
            Java: PASSBRIDGE_JAVA, else JAVA_HOME, else java on the PATH; 17 or newer
            """;

    private static final Set<String> HELP = Set.of("--help", "-h", "help");

    /** What the usage text explains, and nothing else does. */
    private static final Set<String> OWN =
            Set.of("run", "start", "stop", "status", "shell", "demo");

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
            status = ExitStatus.FAILED;
        } catch (IOException e) {
            System.err.println(
                    "passbridge: " + Objects.requireNonNullElse(e.getMessage(), e.toString()));
            status = ExitStatus.FAILED;
        } catch (InterruptedException e) {
            status = ExitStatus.FAILED;
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
        if (HELP.contains(command) || OWN.contains(command) && asksForHelp(words)) {
            System.out.print(USAGE_TEXT);
            return ExitStatus.DONE;
        }
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        boolean help = asksForHelp(words);
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
                            command + " needs a command; " + command + " --help lists them");
                }
                return new ExecClient(home)
                        .run(help ? "help " + command : command + ":" + CommandLine.quote(rest));
            case "keys":
                if (rest.isEmpty()) {
                    throw LaunchException.usage("keys needs a command; keys --help lists them");
                }
                return new OfflineRun(home)
                        .run(help ? "help keys" : "keys:" + CommandLine.quote(rest));
            case "demo":
                return Demo.run(home, rest);
            case "--version":
                System.out.println("Passbridge " + home.version());
                return ExitStatus.DONE;
            case "":
                System.err.print(USAGE_TEXT);
                return ExitStatus.USAGE;
            default:
                throw LaunchException.usage(
                        "there is no command '" + command + "'; see --help for those there are");
        }
    }

    private static boolean asksForHelp(List<String> words) {
        return words.size() == 2 && HELP.contains(words.get(1));
    }

    private static void allow(List<String> words, String... allowed) throws LaunchException {
        for (String word : words) {
            if (!List.of(allowed).contains(word)) {
                throw LaunchException.usage("'" + word + "' is not expected here; see --help");
            }
        }
    }
}
