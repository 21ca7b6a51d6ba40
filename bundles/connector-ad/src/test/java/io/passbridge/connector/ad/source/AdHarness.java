/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.tck.SourceHarness;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.SambaLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows the contract tests a domain, each test an organisational unit of its own. */
final class AdHarness implements SourceHarness {
    private static final Pattern GUID = Pattern.compile("objectGUID: (\\S+)");

    private final SambaLab lab;
    private final String unit;
    private final AdConnectorFactory factory = new AdConnectorFactory();
    private final TestContext context;
    private final Map<SourceAnchor, String> names = new HashMap<>();
    private int passwords;
    private boolean broken;

    AdHarness(SambaLab lab, int number, Path folder) throws IOException, InterruptedException {
        this.lab = lab;
        this.unit = "contract" + number;
        lab.tool("ou", "create", "OU=" + unit + "," + SambaLab.HEAD);
        context =
                Domain.context(
                                Map.of(
                                        "domain",
                                        SambaLab.DOMAIN,
                                        "controllers",
                                        lab.controller(),
                                        "caCertificates",
                                        lab.authority().toString(),
                                        "searchBases",
                                        "OU=" + unit + "," + SambaLab.HEAD,
                                        "authentication",
                                        "ntlm",
                                        "pollSeconds",
                                        "1",
                                        "connectSeconds",
                                        "2",
                                        "attributes",
                                        "position=title"),
                                folder.resolve("data"))
                        .withAccount(Domain.ACCOUNT, Domain.secretOf(Domain.ACCOUNT));
    }

    @Override
    public ConnectorFactory factory() {
        return factory;
    }

    @Override
    public TestContext context() {
        return context;
    }

    @Override
    public SourceAnchor addUser(String loginName) throws IOException, InterruptedException {
        String name = loginName + "-" + unit;
        lab.tool("user", "create", name, password(), "--userou=OU=" + unit);
        Matcher guid = GUID.matcher(lab.tool("user", "show", name, "--attributes=objectGUID"));
        if (!guid.find()) {
            throw new IllegalStateException("samba-tool does not show the GUID of " + name);
        }
        SourceAnchor anchor = new SourceAnchor(guid.group(1));
        names.put(anchor, name);
        return anchor;
    }

    private String password() {
        return "Password-" + ++passwords;
    }

    @Override
    public void changePassword(SourceAnchor user) throws IOException, InterruptedException {
        lab.tool("user", "setpassword", names.get(user), "--newpassword=" + password());
    }

    @Override
    public void disable(SourceAnchor user) throws IOException, InterruptedException {
        lab.tool("user", "disable", names.get(user));
    }

    @Override
    public void delete(SourceAnchor user) throws IOException, InterruptedException {
        lab.tool("user", "delete", names.get(user));
    }

    @Override
    public void setTitle(SourceAnchor user, String title) throws Exception {
        lab.modify(
                """
                dn: CN=%s,OU=%s,%s
                changetype: modify
                replace: title
                title:: %s
                """
                        .formatted(
                                names.get(user),
                                unit,
                                SambaLab.HEAD,
                                Base64.getEncoder()
                                        .encodeToString(title.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void breakConnection() throws IOException, InterruptedException {
        lab.stop();
        broken = true;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        context.close();
        if (broken) {
            lab.start();
        }
    }
}
