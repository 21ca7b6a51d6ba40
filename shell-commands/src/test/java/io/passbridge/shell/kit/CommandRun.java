/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import io.passbridge.credential.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;

/**
 * Runs a command in a real Gogo session and records what it did.
 *
 * @param status how it ended
 * @param out standard output
 * @param err standard error
 * @param failure message of the failure, empty if there was none
 */
public record CommandRun(ExitStatus status, String out, String err, String failure) {

    /** Runs a command line with nobody to ask. */
    public static CommandRun of(Command command, String line) {
        return run(command, line, null);
    }

    /** Runs a command line on a screen of 80 columns where questions get the given answers. */
    public static CommandRun answering(Command command, String line, String... answers) {
        return run(command, line, new ArrayDeque<>(Arrays.asList(answers)));
    }

    private static CommandRun run(Command command, String line, Deque<String> answers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String name = command.usage().name();
        int colon = name.indexOf(':');
        String scope = colon < 0 ? "passbridge" : name.substring(0, colon);
        ThreadIOImpl threadIo = new ThreadIOImpl();
        threadIo.start();
        CommandProcessorImpl processor = new CommandProcessorImpl(threadIo);
        ExitStatus status = ExitStatus.DONE;
        String failure = "";
        try (CommandSession session =
                processor.createSession(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))) {
            processor.addCommand(scope, command, name.substring(colon + 1));
            if (answers != null) {
                session.put(Dialogue.VARIABLE, new Scripted(answers, out, err));
            }
            session.execute(line);
        } catch (Exception e) {
            status = ExitStatus.of(e);
            failure = e.toString();
        } finally {
            processor.stop();
            threadIo.stop();
        }
        return new CommandRun(status, text(out), text(err), failure);
    }

    /** The lines of the output. */
    public List<String> lines() {
        return out.lines().toList();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private record Scripted(
            Deque<String> answers, ByteArrayOutputStream stdout, ByteArrayOutputStream stderr)
            implements Dialogue {
        @Override
        public boolean canAsk() {
            return true;
        }

        @Override
        public int width() {
            return 80;
        }

        @Override
        public InputStream in() {
            return InputStream.nullInputStream();
        }

        @Override
        public PrintStream out() {
            return new PrintStream(stdout, true, StandardCharsets.UTF_8);
        }

        @Override
        public PrintStream err() {
            return new PrintStream(stderr, true, StandardCharsets.UTF_8);
        }

        @Override
        public String ask(String prompt) {
            return answers.remove();
        }

        @Override
        public Secret askSecret(String prompt) {
            return Secret.ofChars(answers.remove().toCharArray());
        }
    }
}
