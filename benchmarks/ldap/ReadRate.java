/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Connector;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldap.LdapConnectorFactory;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads everybody with the LDAP source and with ldapsearch, in turn. See {@code run} beside this
 * file.
 */
final class ReadRate {
    private static final String FILTER =
            "(|(objectClass=person)(objectClass=inetOrgPerson)(objectClass=posixAccount))";
    private static final List<String> ATTRIBUTES =
            List.of(
                    "entryUUID", "userPassword", "uid", "mail", "givenName", "sn", "displayName", "cn",
                    "pwdAccountLockedTime", "nsAccountLock", "pwdReset", "shadowExpire", "pwdEndTime",
                    "krbPrincipalExpiration", "passwordExpirationTime", "shadowLastChange",
                    "shadowMax", "pwdPolicySubentry", "pwdChangedTime", "pwdUpdateTime",
                    "entryCSN");

    public static void main(String[] arguments) throws Exception {
        int users = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        String url = "ldap://127.0.0.1:" + System.getenv("PORT");
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            theirs.add(users / ldapsearch(url, users));
            ours.add(users / passbridge(url, users));
            System.out.printf(
                    "round %d: ldapsearch %,.0f users/s, Passbridge %,.0f users/s%n",
                    round + 1, theirs.get(round), ours.get(round));
        }
        ours.sort(null);
        theirs.sort(null);
        double ratio = ours.get(rounds / 2) / theirs.get(rounds / 2);
        System.out.printf(
                "median: ldapsearch %,.0f users/s, Passbridge %,.0f users/s, ratio %.2f%n",
                theirs.get(rounds / 2), ours.get(rounds / 2), ratio);
    }

    private static double ldapsearch(String url, int users) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "ldapsearch", "-LLL", "-x", "-H", url, "-D",
                                "cn=sync,dc=example,dc=org", "-w", "sync-secret", "-b",
                                "ou=people,dc=example,dc=org", "-E", "!sync=ro", FILTER));
        command.addAll(ATTRIBUTES);
        File out = File.createTempFile("ldapsearch", ".ldif");
        long began = System.nanoTime();
        int status = new ProcessBuilder(command).redirectOutput(out).start().waitFor();
        double seconds = (System.nanoTime() - began) / 1e9;
        try (var lines = Files.lines(out.toPath())) {
            long seen = lines.filter(line -> line.startsWith("dn: ")).count();
            if (status != 0 || seen != users) {
                throw new IllegalStateException("ldapsearch: " + status + ", " + seen + " entries");
            }
        }
        out.delete();
        return seconds;
    }

    private static int count(PasswordSource source) throws Exception {
        int seen = 0;
        Watermark at = Watermark.BEGINNING;
        boolean more = true;
        while (more) {
            try (ChangePage page = source.changes(at, 1_000)) {
                seen += page.changes().size();
                at = page.next();
                more = page.more();
            }
        }
        return seen;
    }

    private static double passbridge(String url, int users) throws Exception {
        LdapConnectorFactory factory = new LdapConnectorFactory();
        Path folder = Files.createTempDirectory("read-rate");
        TestConfiguration configuration =
                new TestConfiguration(
                        "corp",
                        factory.descriptor(),
                        folder,
                        Map.of("servers", url, "baseDns", "ou=people,dc=example,dc=org"));
        try (TestContext context =
                        new TestContext(configuration, folder)
                                .withAccount("cn=sync,dc=example,dc=org", "sync-secret");
                Connector connector = factory.open(context)) {
            long began = System.nanoTime();
            int seen = count(connector.capability(PasswordSource.class).orElseThrow());
            double seconds = (System.nanoTime() - began) / 1e9;
            if (seen != users) {
                throw new IllegalStateException("Passbridge saw " + seen);
            }
            return seconds;
        }
    }
}
