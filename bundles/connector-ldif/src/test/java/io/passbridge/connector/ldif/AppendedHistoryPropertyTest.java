/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ldif.LdifFixture.Seen;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Any history of appended records, with heads that are rewritten in place and restarts in between:
 * what is read of the appended part and of single places says the same, at the same versions, as a
 * pass over the whole file.
 */
class AppendedHistoryPropertyTest {
    private static final int PEOPLE = 4;

    /** Longer than what is looked at before the appended part is read. */
    private static final String FILLER = ("# " + "-".repeat(70) + "\n").repeat(1_000) + "\n";

    enum Kind {
        DESCRIBE,
        DESCRIBE_ELSEWHERE,
        MODIFY,
        DELETE,
        RENAME,
        RENAME_CONTAINER,
        REWRITE_HEAD,
        RESTART
    }

    /**
     * @param timed whether a description gives a time
     * @param read whether it is read after this
     */
    record Step(Kind kind, int user, int hash, boolean timed, boolean read, int limit) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, PEOPLE + 1),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, true, false),
                        Arbitraries.of(1, 2, 500))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(14);
    }

    private final Map<String, Seen> held = new HashMap<>();

    /** In which container each user is. */
    private final Map<Integer, String> containers = new HashMap<>();

    private String container = "people";

    /** Users who got another name by the way: under which they are found makes their version. */
    private final Set<String> moved = new HashSet<>();

    @Property(tries = 200)
    void appendedRecords_sayTheSameAsTheWholeFile(@ForAll("histories") List<Step> steps)
            throws Exception {
        held.clear();
        containers.clear();
        moved.clear();
        container = "people";
        Path folder = Files.createTempDirectory("appended");
        try (LdifFixture fixture = new LdifFixture(folder)) {
            StringBuilder dump = new StringBuilder();
            for (int user = 0; user < PEOPLE; user++) {
                dump.append(description(user, "people", 0, user % 2 == 0));
                containers.put(user, "people");
            }
            fixture.write(dump + FILLER + description(9, "people", 0, false));
            read(fixture, 500);
            for (Step step : steps) {
                carryOut(step, fixture);
                if (step.read()) {
                    read(fixture, step.limit());
                }
            }
            read(fixture, 500);
            Set<SourceAnchor> everybody = new HashSet<>();
            held.keySet().forEach(anchor -> everybody.add(new SourceAnchor(anchor)));
            whole(fixture, everybody)
                    .forEach(
                            (anchor, now) -> {
                                Seen last = held.get(anchor);
                                assertThat(last.credential()).isEqualTo(now.credential());
                                assertThat(last.state()).isEqualTo(now.state());
                            });
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String description(int user, String container, int hash, boolean timed) {
        String text =
                LdifFixture.user(
                        "u" + user,
                        "sambaNTPassword: " + hash(hash),
                        timed ? "modifyTimestamp: 2026010100000" + hash + "Z" : "cn: untimed");
        return text.replace("ou=people", "ou=" + container);
    }

    private static String hash(int number) {
        return ("0" + number).repeat(16);
    }

    private String change(Step step, String what) {
        return "dn: uid=u%d,ou=%s,dc=example,dc=org\nchangetype: %s\n\n"
                .formatted(step.user(), containers.get(step.user()), what);
    }

    /** As a directory would log it: nothing is said of a name that is not there. */
    private void carryOut(Step step, LdifFixture fixture) throws IOException {
        int user = step.user();
        boolean there = containers.containsKey(user);
        switch (step.kind()) {
            case DESCRIBE -> describe(step, containers.getOrDefault(user, container), fixture);
            case DESCRIBE_ELSEWHERE -> {
                describe(step, "others", fixture);
                moved.add("uuid-u" + user);
            }
            case MODIFY ->
                    append(
                            there,
                            change(
                                    step,
                                    "modify\nreplace: sambaNTPassword\nsambaNTPassword: %s\n-"
                                            .formatted(hash(step.hash()))),
                            fixture);
            case DELETE -> {
                append(there, change(step, "delete"), fixture);
                containers.remove(user);
            }
            case RENAME -> {
                String rename =
                        "modrdn\nnewrdn: uid=u%d\ndeleteoldrdn: 0\nnewsuperior:"
                                + " ou=others,dc=example,dc=org";
                append(there, change(step, rename.formatted(user)), fixture);
                containers.replace(user, "others");
            }
            case RENAME_CONTAINER -> {
                String before = container;
                container += "1";
                fixture.append(
                        "dn: ou=%s,dc=example,dc=org\nchangetype: modrdn\nnewrdn: ou=%s\ndeleteoldrdn: 1\n\n"
                                .formatted(before, container));
                containers.keySet().forEach(u -> moved.add("uuid-u" + u));
                containers.replaceAll((u, name) -> name.equals(before) ? container : name);
            }
            case REWRITE_HEAD -> {
                try (RandomAccessFile file = new RandomAccessFile(fixture.file.toFile(), "rw")) {
                    file.writeBytes(description(0, "people", step.hash(), true));
                }
                fixture.append("# so that it is longer\n\n");
            }
            case RESTART -> fixture.restart();
        }
    }

    private void describe(Step step, String where, LdifFixture fixture) throws IOException {
        containers.put(step.user(), where);
        fixture.append(description(step.user(), where, step.hash(), step.timed()));
    }

    private static void append(boolean whether, String text, LdifFixture fixture)
            throws IOException {
        if (whether) {
            fixture.append(text);
        }
    }

    /** What is given out now is compared with a pass over the whole file as it is now. */
    private void read(LdifFixture fixture, int limit) throws Exception {
        Map<String, Seen> given = new HashMap<>();
        fixture.changes(limit).forEach(seen -> given.put(seen.anchor(), comparable(seen)));
        Set<SourceAnchor> anchors = new HashSet<>();
        given.keySet().forEach(anchor -> anchors.add(new SourceAnchor(anchor)));
        assertThat(whole(fixture, anchors)).isEqualTo(given);
        held.putAll(given);
    }

    private Seen comparable(Seen seen) {
        return moved.contains(seen.anchor())
                ? new Seen(seen.anchor(), seen.credential(), seen.state(), 0)
                : seen;
    }

    private Map<String, Seen> whole(LdifFixture fixture, Set<SourceAnchor> anchors)
            throws Exception {
        Map<String, Seen> seen = new HashMap<>();
        for (CredentialChange change : fixture.source().read(anchors)) {
            try (change) {
                seen.put(change.anchor().value(), comparable(Seen.of(change)));
            }
        }
        return seen;
    }
}
