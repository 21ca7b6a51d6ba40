/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.event.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Collects who is left out, by reason: so many of each, and the first by name. */
final class LeftOut {
    /** Whoever has more reasons than these reads them in {@code sync:people}. */
    private static final int REASONS = 50;

    private static final int NAMED = 10;
    private static final String OTHERS = "further reasons; sync:people lists them";

    private final Map<String, Group> groups = new LinkedHashMap<>();

    private static final class Group {
        private final List<String> names = new ArrayList<>();
        private long count;
    }

    void add(String reason, String name) {
        String key = groups.size() < REASONS || groups.containsKey(reason) ? reason : OTHERS;
        Group group = groups.computeIfAbsent(key, r -> new Group());
        group.count++;
        if (group.names.size() <= NAMED) {
            group.names.add(name);
        }
    }

    /**
     * Gives the facts of each reason, and forgets them.
     *
     * @param each told count, reason, and the names unless there are too many
     */
    void drain(Consumer<Map<Fact, String>> each) {
        groups.forEach(
                (reason, group) -> {
                    Map<Fact, String> facts = new LinkedHashMap<>();
                    facts.put(Fact.COUNT, "" + group.count);
                    if (group.names.size() <= NAMED) {
                        facts.put(Fact.USERS, String.join(", ", group.names));
                    }
                    facts.put(Fact.REASON, reason);
                    each.accept(facts);
                });
        groups.clear();
    }
}
