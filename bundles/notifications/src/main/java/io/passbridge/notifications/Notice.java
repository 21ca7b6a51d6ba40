/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody is told at once.
 *
 * @param fresh what was not told before
 * @param reminded what was told long ago and still is so
 * @param over what was told and is no longer so
 */
record Notice(List<Problem> fresh, List<Problem> reminded, List<Problem> over) {
    private static final int SUBJECTS = 3;

    boolean isEmpty() {
        return fresh.isEmpty() && reminded.isEmpty() && over.isEmpty();
    }

    /**
     * In one line.
     *
     * @param host where this platform runs
     */
    String headline(String host) {
        List<Problem> wrong = Stream.concat(fresh.stream(), reminded.stream()).toList();
        if (wrong.isEmpty()) {
            return "Passbridge on %s: mended: %s".formatted(host, subjects(over));
        }
        boolean broken = wrong.stream().anyMatch(p -> p.severity() == Severity.ERROR);
        return "Passbridge on %s: %s: %s"
                .formatted(
                        host,
                        broken
                                ? Finding.count(wrong.size(), "thing does", "things do")
                                        + " not work until somebody acts"
                                : Finding.count(wrong.size(), "thing works", "things work")
                                        + ", but not as it should",
                        subjects(wrong));
    }

    private static String subjects(List<Problem> problems) {
        List<String> names = problems.stream().map(Problem::subject).distinct().toList();
        String first = names.stream().limit(SUBJECTS).collect(Collectors.joining(", "));
        return names.size() > SUBJECTS ? first + " and more" : first;
    }

    /** In full, several lines. */
    String text() {
        StringBuilder text = new StringBuilder();
        part(text, "Found", fresh);
        part(text, "Still so", reminded);
        part(text, "Mended", over);
        return text.append("The command doctor tells how it stands now.\n").toString();
    }

    private static void part(StringBuilder text, String title, List<Problem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        text.append(title).append(":\n");
        for (Problem problem : problems) {
            text.append("- ").append(problem.subject()).append(": ").append(problem.text());
            if (!problem.remedy().isEmpty()) {
                text.append("\n  -> ").append(problem.remedy());
            }
            text.append('\n');
        }
        text.append('\n');
    }
}
