/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import io.passbridge.credential.LegacyPolicy;
import io.passbridge.crypto.Cryptography;
import io.passbridge.crypto.FipsReport;
import io.passbridge.crypto.ModuleRefusedException;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells {@code doctor} what the FIPS policy says, what computes, and what was refused. */
@Component
public final class FipsInspector implements Inspector {
    private static final String FILE = "etc/io.passbridge.fips.cfg";

    private final LegacyPolicy policy;
    private final Cryptography cryptography;

    @Activate
    public FipsInspector(@Reference LegacyPolicy policy, @Reference Cryptography cryptography) {
        this.policy = policy;
        this.cryptography = cryptography;
    }

    @Override
    public String subject() {
        return "FIPS policy";
    }

    @Override
    public List<Finding> inspect() {
        FipsReport report = cryptography.report(false);
        List<Finding> findings = new ArrayList<>();
        if (report.enforced()) {
            try {
                cryptography.module();
            } catch (ModuleRefusedException e) {
                findings.add(Finding.error(subject(), e.getMessage(), "see fips:status"));
            }
        }
        if (report.differs()) {
            findings.add(difference(report));
        }
        for (LegacyPolicy.LegacyUse use : policy.uses()) {
            String what = use.algorithm() + " to " + use.purpose();
            if (use.refused() > 0 && !policy.permits(use.algorithm(), use.purpose())) {
                findings.add(
                        Finding.error(
                                subject(),
                                what
                                        + " was refused "
                                        + Finding.count(use.refused(), "time", "times"),
                                Rules.remedy(use.purpose())));
            } else if (report.enforced() && use.permitted() > 0) {
                findings.add(
                        Finding.note(
                                subject(),
                                what
                                        + " was used "
                                        + Finding.count(use.permitted(), "time", "times")
                                        + " by an exception",
                                "nothing, if the exception is wanted"));
            }
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.ok(
                            subject(),
                            report.enforced() ? "enforced; nothing was refused" : "not enforced"));
        }
        return findings;
    }

    private Finding difference(FipsReport report) {
        return report.configured()
                ? Finding.note(
                        subject(),
                        "FIPS is enforced here and not by the operating system",
                        "nothing, if Passbridge alone is to be held to it")
                : Finding.warning(
                        subject(),
                        "the operating system enforces FIPS, so it is enforced here although"
                                + " 'enforce' is off",
                        "set 'enforce = on' in " + FILE);
    }
}
