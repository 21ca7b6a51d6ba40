/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceRecordTest {
    @Test
    void parse_recordAsDnsGivesIt_hasPriorityWeightAndHost() {
        assertThat(ServiceRecord.parse("0 100 389 dc1.corp.example."))
                .contains(new ServiceRecord(0, 100, "dc1.corp.example"));
    }

    @Test
    void parse_whatIsNoServer_isLeftOut() {
        assertThat(ServiceRecord.parse("0 0 0 .")).as("RFC 2782: no such service").isEmpty();
        assertThat(ServiceRecord.parse("0 100 dc1.corp.example.")).isEmpty();
        assertThat(ServiceRecord.parse("low 100 389 dc1.corp.example.")).isEmpty();
    }

    @Test
    void inOrder_anyRecords_keepsAllAndPutsLowPrioritiesFirst() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<ServiceRecord> records = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                records.add(new ServiceRecord(random.nextInt(4), i % 3 * 50, "dc" + i));
            }

            List<String> hosts = ServiceRecord.inOrder(records, random);

            assertThat(hosts)
                    .hasSize(records.size())
                    .containsAll(records.stream().map(ServiceRecord::host).toList());
            assertThat(hosts.stream().map(host -> priority(records, host))).isSorted();
        }
    }

    private static int priority(List<ServiceRecord> records, String host) {
        return records.stream()
                .filter(r -> r.host().equals(host))
                .findFirst()
                .orElseThrow()
                .priority();
    }

    @Test
    void inOrder_weights_shareTheFirstTries() {
        List<ServiceRecord> records =
                List.of(
                        new ServiceRecord(0, 75, "heavy"),
                        new ServiceRecord(0, 25, "light"),
                        new ServiceRecord(0, 0, "spare"),
                        new ServiceRecord(1, 1000, "later"));
        Random lots = new Random(1);
        int heavy = 0;
        int spare = 0;
        for (int i = 0; i < 10_000; i++) {
            String first = ServiceRecord.inOrder(records, lots).get(0);
            assertThat(first).isNotEqualTo("later");
            heavy += "heavy".equals(first) ? 1 : 0;
            spare += "spare".equals(first) ? 1 : 0;
        }
        assertThat(heavy).isBetween(7200, 7700);
        assertThat(spare).isBetween(1, 200);
    }
}
