/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what is told when: what has been so for a while, together, and then nothing for a quiet
 * period, in which the next notice gathers. Not thread-safe.
 */
final class Notices {
    /**
     * @param settle how long something must be so, or be over, before it counts
     * @param quiet the least time between two notices
     * @param remind after which what is still so is told again
     */
    record Rhythm(Duration settle, Duration quiet, Duration remind) {}

    /** A problem that is there, or was told. */
    private static final class Case {
        private Problem problem;
        private Instant changed;
        private Instant told;
        private boolean present = true;

        private Case(Problem problem, Instant changed, Instant told) {
            this.problem = problem;
            this.changed = changed;
            this.told = told;
        }
    }

    private final Rhythm rhythm;
    private final Map<String, Case> cases = new LinkedHashMap<>();
    private Instant last = Instant.MIN;

    /**
     * @param told what has been told already, with the time, as after a restart
     */
    Notices(Rhythm rhythm, Map<Problem, Instant> told, Instant now) {
        this.rhythm = rhythm;
        told.forEach((problem, at) -> cases.put(problem.key(), new Case(problem, now, at)));
        last = told.values().stream().max(Instant::compareTo).orElse(Instant.MIN);
    }

    /** What is wrong now. */
    void look(List<Problem> found, Instant now) {
        Map<String, Problem> present = new HashMap<>();
        for (Problem problem : found) {
            present.putIfAbsent(problem.key(), problem);
            cases.computeIfAbsent(problem.key(), key -> new Case(problem, now, null));
        }
        cases.forEach(
                (key, known) -> {
                    Problem problem = present.get(key);
                    if (known.present != (problem != null)) {
                        known.present = problem != null;
                        known.changed = now;
                    }
                    known.problem = problem == null ? known.problem : problem;
                });
        cases.values().removeIf(known -> !known.present && known.told == null);
    }

    /** What is to be told now; may be empty. */
    Notice due(Instant now) {
        List<Problem> fresh = new ArrayList<>();
        List<Problem> reminded = new ArrayList<>();
        List<Problem> over = new ArrayList<>();
        if (last.equals(Instant.MIN) || !now.isBefore(last.plus(rhythm.quiet()))) {
            for (Case known : cases.values()) {
                boolean settled = !now.isBefore(known.changed.plus(rhythm.settle()));
                if (settled && known.told == null) {
                    fresh.add(known.problem);
                } else if (settled && !known.present) {
                    over.add(known.problem);
                } else if (known.present
                        && known.told != null
                        && !now.isBefore(known.told.plus(rhythm.remind()))) {
                    reminded.add(known.problem);
                }
            }
        }
        return new Notice(fresh, reminded, over);
    }

    /** A notice has arrived. */
    void told(Notice notice, Instant now) {
        notice.over().forEach(problem -> cases.remove(problem.key()));
        notice.fresh().forEach(problem -> mark(problem, now));
        notice.reminded().forEach(problem -> mark(problem, now));
        last = now;
    }

    private void mark(Problem problem, Instant now) {
        Case known = cases.get(problem.key());
        if (known != null) {
            known.told = now;
        }
    }

    /** What has been told and not told as over, with the time. */
    Map<Problem, Instant> told() {
        Map<Problem, Instant> told = new LinkedHashMap<>();
        for (Case known : cases.values()) {
            if (known.told != null) {
                told.put(known.problem, known.told);
            }
        }
        return told;
    }
}
