/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.review;

import io.passbridge.health.Finding;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.keyset.KeySetConfiguration;
import io.passbridge.keys.ring.KeySet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether export, drill and keys are recent enough to be relied on. */
public final class DateReview {
    private final KeySetConfiguration configuration;
    private final Clock clock;

    public DateReview(KeySetConfiguration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    public List<Finding> of(KeySet keySet) {
        List<Finding> findings = new ArrayList<>();
        findings.add(export(keySet));
        findings.add(drill(keySet));
        for (KeyInfo key : keySet.keys()) {
            if (key.compromised() && key.status() == KeyStatus.PRIMARY) {
                findings.add(
                        Finding.error(
                                "key " + key.id(),
                                "it is known to others and still seals new values",
                                "keys:add, then keys:rewrap"));
            }
        }
        return findings;
    }

    private Finding export(KeySet keySet) {
        if (keySet.exported().isEmpty()) {
            return Finding.warning(
                    "export",
                    "the key set was never exported: if this server is lost, so are the accounts'"
                            + " secrets",
                    "keys:export FILE");
        }
        Instant exported = keySet.exported().get();
        if (exported.isBefore(keySet.newestKey())) {
            return Finding.warning(
                    "export",
                    "the last export of " + exported + " is older than the newest key",
                    "keys:export FILE");
        }
        return age(
                "export", "exported", exported, configuration.exportAgeDays(), "keys:export FILE");
    }

    private Finding drill(KeySet keySet) {
        Optional<Instant> drilled = keySet.drilled();
        return drilled.isEmpty()
                ? Finding.note(
                        "drill",
                        "a restore was never rehearsed; an export nobody has tested is a hope",
                        "keys:drill FILE")
                : age(
                        "drill",
                        "rehearsed",
                        drilled.get(),
                        configuration.drillAgeDays(),
                        "keys:drill FILE");
    }

    private Finding age(String subject, String what, Instant at, int limit, String remedy) {
        long days = Duration.between(at, clock.instant()).toDays();
        String text =
                what + " " + Finding.count(days, "day", "days") + " ago; the limit is " + limit;
        return days > limit ? Finding.warning(subject, text, remedy) : Finding.ok(subject, text);
    }
}
