/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.account;

import io.passbridge.connector.host.AccountAdministration.Outcome;
import io.passbridge.health.Finding;
import io.passbridge.shell.connector.Findings;
import io.passbridge.shell.kit.Invocation;
import java.util.List;

/**
 * What an account command tells.
 *
 * @param connector the connector instance
 * @param verified whether the account works
 * @param stored whether its secret is stored
 * @param findings of the test
 */
record AccountReport(String connector, boolean verified, boolean stored, List<Finding> findings) {
    AccountReport(String connector, Outcome outcome) {
        this(connector, outcome.verified(), outcome.stored(), outcome.findings());
    }

    /** What the test said of the account, which may be right where other things are wrong. */
    String found() {
        long errors = findings.stream().filter(f -> f.severity() == Finding.Severity.ERROR).count();
        return "its test found " + Finding.count(errors, "error", "errors");
    }

    void print(Invocation call, String sentence) {
        if (!call.json()) {
            call.print(findings, Findings.TABLE);
        }
        call.print(this, sentence);
    }
}
