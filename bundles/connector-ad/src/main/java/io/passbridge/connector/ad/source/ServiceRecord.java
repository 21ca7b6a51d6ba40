/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One SRV record (RFC 2782). The port is left out: it is that of LDAP, and replication has its own.
 *
 * @param priority the lowest is tried first
 * @param weight the share of first tries among records of the same priority
 * @param host without the dot at its end
 */
record ServiceRecord(int priority, int weight, String host) {
    private static final int FIELDS = 4;

    /** Reads 'priority weight port target'; empty if it is none or says that there is no server. */
    static Optional<ServiceRecord> parse(String text) {
        String[] parts = text.trim().split(" ");
        if (parts.length != FIELDS || ".".equals(parts[FIELDS - 1])) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ServiceRecord(
                            Integer.parseInt(parts[0]),
                            Integer.parseInt(parts[1]),
                            parts[FIELDS - 1].replaceAll("\\.$", "")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * The order of tries: by priority, and within one priority by lot, each record with the chance
     * of its weight (RFC 2782, 'Weight'). Those of weight 0 stand first when lots are drawn, so
     * that they have a small chance.
     */
    static List<String> inOrder(List<ServiceRecord> records, RandomGenerator lots) {
        List<ServiceRecord> left = new ArrayList<>(records);
        left.sort(
                Comparator.comparingInt(ServiceRecord::priority)
                        .thenComparingInt(ServiceRecord::weight));
        List<String> hosts = new ArrayList<>();
        while (!left.isEmpty()) {
            hosts.add(left.remove(draw(left, lots)).host());
        }
        return hosts;
    }

    private static int draw(List<ServiceRecord> sorted, RandomGenerator lots) {
        int priority = sorted.get(0).priority();
        int sum = 0;
        for (ServiceRecord record : sorted) {
            sum += record.priority() == priority ? record.weight() : 0;
        }
        int lot = lots.nextInt(sum + 1);
        int running = 0;
        for (int i = 0; ; i++) {
            running += sorted.get(i).weight();
            if (running >= lot) {
                return i;
            }
        }
    }
}
