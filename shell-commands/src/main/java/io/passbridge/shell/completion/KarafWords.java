/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.completion;

import io.passbridge.shell.completion.Offers.Offer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/**
 * Completes in Karaf's console what follows a command of ours. Karaf asks the completer of each of
 * its commands about the whole line, so one command that it has from us answers for all that it
 * took from Gogo; doubles of those under the same names would go with each other.
 */
final class KarafWords implements Command, Completer {
    private static final String SCOPE = "passbridge";
    private static final String NAME = "console";

    /** What commands that are ours alone are called without. */
    private static final String PREFIX = SCOPE + ":";

    private final Collection<io.passbridge.shell.kit.Command> commands;

    KarafWords(Collection<io.passbridge.shell.kit.Command> commands) {
        this.commands = commands;
    }

    /**
     * Hands them to a console.
     *
     * @return takes them away again
     */
    static Runnable register(Object console, Collection<io.passbridge.shell.kit.Command> commands) {
        Registry registry = ((SessionFactory) console).getRegistry();
        KarafWords words = new KarafWords(commands);
        registry.register(words);
        return () -> registry.unregister(words);
    }

    @Override
    public String getScope() {
        return SCOPE;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String getDescription() {
        return "says what Tab completes in this console";
    }

    @Override
    public Completer getCompleter(boolean scoped) {
        return this;
    }

    @Override
    public Parser getParser() {
        return null;
    }

    @Override
    public Object execute(Session session, List<Object> arguments) {
        session.getConsole()
                .println(
                        "Tab completes options, arguments and names of things for "
                                + commands.size()
                                + " commands of Passbridge; passbridge:help lists them.");
        return null;
    }

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        offers(session, line).stream().map(Offer::word).forEach(candidates::add);
        return candidates.isEmpty() ? -1 : line.getBufferPosition() - line.getArgumentPosition();
    }

    @Override
    public void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
        for (Offer offer : offers(session, line)) {
            candidates.add(
                    new Candidate(
                            offer.word(), offer.word(), null, meaning(offer), null, null, true));
        }
    }

    private static String meaning(Offer offer) {
        return offer.description().isEmpty() ? null : offer.description();
    }

    private List<Offer> offers(Session session, CommandLine line) {
        int index = line.getCursorArgumentIndex();
        String typed = line.getCursorArgument().substring(0, line.getArgumentPosition());
        if (index == 0) {
            return (PREFIX + NAME).startsWith(typed)
                    ? List.of(new Offer(PREFIX + NAME, getDescription()))
                    : List.of();
        }
        String command = session.resolveCommand(line.getArguments()[0]);
        if (!mayRun(session, command)) {
            return List.of();
        }
        List<String> words = new ArrayList<>();
        words.add(command.startsWith(PREFIX) ? command.substring(PREFIX.length()) : command);
        words.addAll(Arrays.asList(line.getArguments()).subList(1, index));
        words.add(typed);
        return new Offers(commands).at(words);
    }

    /** Karaf lists only the commands that its access lists leave to this user. */
    private static boolean mayRun(Session session, String command) {
        return session.getRegistry().getCommands().stream()
                .anyMatch(known -> command.equals(known.getScope() + ":" + known.getName()));
    }
}
