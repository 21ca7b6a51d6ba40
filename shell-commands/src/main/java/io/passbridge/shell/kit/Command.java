/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import io.passbridge.health.FileTrouble;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command of the shell. A subclass is a DS component that provides {@code Command} with the
 * properties {@code osgi.command.scope} and {@code osgi.command.function}; it says how it is used
 * and what it does, and everything else is done here: parsing, help, wrong usage, exit status.
 *
 * <p>An instance may be run by several sessions at once and must not keep the state of a run.
 */
public abstract class Command implements Function {
    private static final Logger LOG = LoggerFactory.getLogger(Command.class);

    private final Usage usage;

    protected Command(Usage usage) {
        this.usage = Objects.requireNonNull(usage, "usage");
    }

    /** How it is used. */
    public final Usage usage() {
        return usage;
    }

    /**
     * Does it.
     *
     * @throws CommandFailure with the message and status that the command ends with
     * @throws Exception any checked exception counts as {@link Refused} with the same message
     */
    protected abstract void run(Invocation call) throws Exception;

    @Override
    public final Object execute(CommandSession session, List<Object> words) throws Exception {
        List<String> line = words.stream().map(String::valueOf).toList();
        CommandThread thread = CommandThread.current();
        Dialogue dialogue = Dialogue.of(session, thread);
        if (asksForHelp(line)) {
            dialogue.out().println(usage.help(dialogue.width()));
            return null;
        }
        dialogue.begins(thread);
        try {
            Path typed = dialogue.folder() == null ? session.currentDir() : dialogue.folder();
            run(new Invocation(Arguments.parse(usage, line), dialogue, typed));
        } catch (Misuse e) {
            throw e.with(usage);
        } catch (CommandFailure e) {
            throw e;
        } catch (InterruptedException e) {
            throw new Refused(usage.name() + " was interrupted", e);
        } catch (RuntimeException e) {
            LOG.error("{} failed unexpectedly", usage.name(), e);
            throw new Refused(
                    usage.name()
                            + " failed unexpectedly: "
                            + e
                            + "; the log has the details, please report them",
                    e);
        } catch (FileSystemException e) {
            throw new Refused(e.getFile() + ": " + FileTrouble.reason(e), e);
        } catch (Exception e) {
            throw new Refused(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } finally {
            dialogue.ended(thread);
            dialogue.out().flush();
        }
        return null;
    }

    private static boolean asksForHelp(List<String> line) {
        int end = line.indexOf("--");
        return line.subList(0, end < 0 ? line.size() : end).contains("--help");
    }
}
