/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads and tests a lab's domain with each choice of authentication and prints what came of it; run
 * by {@link ClockSkewLiveTest} in a process whose clock is shifted. Arguments: CONTROLLER AUTHORITY
 * DATA-FOLDER.
 */
final class ShiftedReader {
    private ShiftedReader() {}

    public static void main(String[] args) throws Exception {
        for (String authentication : List.of("kerberos", "kerberos-or-ntlm", "ntlm")) {
            Map<String, String> values =
                    Map.of(
                            "domain",
                            SambaLab.DOMAIN,
                            "controllers",
                            args[0],
                            "caCertificates",
                            args[1],
                            "authentication",
                            authentication);
            try (TestContext context = Domain.context(values, Path.of(args[2]))) {
                context.withAccount(Domain.ACCOUNT, Domain.secretOf(Domain.ACCOUNT));
                try (Connector connector = new AdConnectorFactory().open(context)) {
                    read(authentication, connector);
                    connector
                            .test()
                            .forEach(
                                    f ->
                                            System.out.printf(
                                                    "%s test: %s %s; %s%n",
                                                    authentication,
                                                    f.severity(),
                                                    f.text(),
                                                    f.remedy().lines().findFirst().orElse("")));
                }
            }
        }
    }

    private static void read(String authentication, Connector connector) {
        try {
            int users =
                    new LiveSource(connector.capability(PasswordSource.class).orElseThrow())
                            .run(1000)
                            .size();
            System.out.printf("%s run: %d users read%n", authentication, users);
        } catch (ConnectorException e) {
            System.out.printf("%s run: %s%n", authentication, e.getMessage());
        }
    }
}
