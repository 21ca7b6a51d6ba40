/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import io.passbridge.credential.LegacyPolicy;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells {@code doctor} what the FIPS policy says and what it refused. */
@Component
public final class FipsInspector implements Inspector {
    private final LegacyPolicy policy;

    @Activate
    public FipsInspector(@Reference LegacyPolicy policy) {
        this.policy = policy;
    }

    @Override
    public String subject() {
        return "FIPS policy";
    }

    @Override
    public List<Finding> inspect() {
        List<Finding> findings = new ArrayList<>();
        for (LegacyPolicy.LegacyUse use : policy.uses()) {
            if (use.refused() > 0) {
                findings.add(
                        Finding.error(
                                subject(),
                                use.algorithm()
                                        + " to "
                                        + use.purpose()
                                        + " was refused "
                                        + use.refused()
                                        + " times",
                                "add '"
                                        + use.purpose()
                                        + "' to 'exceptions' in etc/io.passbridge.fips.cfg, or stop"
                                        + " what needs it"));
            } else if (policy.fipsEnforced()) {
                findings.add(
                        Finding.note(
                                subject(),
                                use.algorithm()
                                        + " to "
                                        + use.purpose()
                                        + " was used "
                                        + use.permitted()
                                        + " times by an exception",
                                "nothing, if the exception is wanted"));
            }
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.ok(
                            subject(),
                            policy.fipsEnforced()
                                    ? "enforced; nothing was refused"
                                    : "not enforced"));
        }
        return findings;
    }
}
