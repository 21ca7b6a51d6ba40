/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Usage;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KarafWordsTest {
    private static final KarafWords WORDS =
            new KarafWords(
                    List.of(
                            command(
                                    Usage.of("sync:run", "run routes")
                                            .many("ROUTE", "the route", () -> List.of("a", "b"))
                                            .json()),
                            command(Usage.of("doctor", "tell what is wrong").json())));

    private static io.passbridge.shell.kit.Command command(Usage usage) {
        return new io.passbridge.shell.kit.Command(usage) {
            @Override
            protected void run(Invocation call) {}
        };
    }

    /** A line with the cursor at its end. */
    private static CommandLine line(String text) {
        String[] words = text.split(" ", -1);
        String last = words[words.length - 1];
        return answering(
                CommandLine.class,
                Map.of(
                        "getArguments",
                        words,
                        "getCursorArgumentIndex",
                        words.length - 1,
                        "getCursorArgument",
                        last,
                        "getArgumentPosition",
                        last.length(),
                        "getBufferPosition",
                        text.length()));
    }

    /** A session that has these commands. */
    private static Session session(String resolved, String... commands) {
        List<Command> visible =
                Arrays.stream(commands)
                        .map(name -> name.split(":"))
                        .map(
                                name ->
                                        answering(
                                                Command.class,
                                                Map.of("getScope", name[0], "getName", name[1])))
                        .toList();
        Registry registry = answering(Registry.class, Map.of("getCommands", visible));
        return answering(
                Session.class, Map.of("resolveCommand", resolved, "getRegistry", registry));
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> answers.get(method.getName())));
    }

    private static List<String> offered(Session session, String line) {
        List<String> words = new ArrayList<>();
        WORDS.complete(session, line(line), words);
        return words;
    }

    @ParameterizedTest
    @CsvSource({
        "'sync:run ', sync:run, a b",
        "'run b', sync:run, b",
        "'sync:run --j', sync:run, --json",
        "'doctor --', passbridge:doctor, --json",
        "passbridge:con, passbridge:con, passbridge:console",
        "sync:r, sync:r, ''",
        "'feature:list --', feature:list, ''"
    })
    void whatFollowsACommandOfOurs_isOffered(String line, String resolved, String expected) {
        assertThat(
                        offered(
                                session(resolved, "sync:run", "passbridge:doctor", "feature:list"),
                                line))
                .containsExactlyElementsOf(
                        expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void commandThatTheUserMayNotRun_tellsNothing() {
        assertThat(offered(session("sync:run", "passbridge:doctor"), "sync:run ")).isEmpty();
    }

    @Test
    void offers_comeWithWhatTheyMean() {
        List<Candidate> candidates = new ArrayList<>();
        WORDS.completeCandidates(session("sync:run", "sync:run"), line("sync:run --"), candidates);

        assertThat(candidates)
                .extracting(Candidate::value, Candidate::descr)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("--json", "print the result as JSON"));
    }
}
