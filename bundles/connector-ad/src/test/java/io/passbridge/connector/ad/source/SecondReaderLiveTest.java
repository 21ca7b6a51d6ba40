/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.replication.AuthenticationChoice;
import io.passbridge.connector.ad.replication.DirectoryAccount;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.connector.ad.replication.ReplicaPage;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.connector.ad.replication.ReplicationSettings;
import io.passbridge.connector.ad.session.DrsReplicationClient;
import io.passbridge.credential.Secret;
import io.passbridge.itests.lab.LabCommand;
import io.passbridge.itests.lab.SambaLab;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Readers that share no code with ours see the same hash of every account. What is compared is an
 * HMAC under a key of this run alone, so that no hash is ever printed.
 */
@LiveDomain
class SecondReaderLiveTest {
    private static final String HOST = "dc1.corp.example";
    private static final byte[] KEY = new byte[32];

    private static SambaLab lab;
    private static Map<Reader, Map<String, String>> read;

    /** A program in {@code itests/lab}. */
    enum Reader {
        IMPACKET("impacket", "impacket_reader.py", ""),
        SAMBA_NTLM("samba.drs_utils", "samba_reader.py", "decrypt"),
        SAMBA_KERBEROS("samba.drs_utils", "samba_reader.py", "decrypt kerberos");

        private final String module;
        private final String script;
        private final String mode;

        Reader(String module, String script, String mode) {
            this.module = module;
            this.script = script;
            this.mode = mode;
        }

        boolean isThere() throws Exception {
            return new ProcessBuilder("/usr/bin/python3", "-c", "import " + module)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        }

        Map<String, String> read() throws Exception {
            ProcessBuilder builder =
                    new ProcessBuilder(
                            ("/usr/bin/python3 "
                                            + LabCommand.script(script)
                                            + " "
                                            + HOST
                                            + " "
                                            + lab.address()
                                            + " "
                                            + Domain.ACCOUNT
                                            + " 1 "
                                            + mode)
                                    .trim()
                                    .split(" "));
            builder.environment().put("PASSWORD", Domain.secretOf(Domain.ACCOUNT));
            builder.environment().put("DIGEST_KEY", HexFormat.of().formatHex(KEY));
            builder.environment().put("KRB5_CONFIG", lab.folder().resolve("krb5.conf").toString());
            Map<String, String> digests = new TreeMap<>();
            LabCommand.run(builder, "")
                    .lines()
                    .map(line -> line.split("\t"))
                    .filter(fields -> fields.length == 2)
                    .forEach(fields -> digests.put(fields[0], fields[1]));
            return digests;
        }
    }

    @BeforeAll
    static void readWithTheOthers(SambaLab shared) throws Exception {
        lab = shared;
        new SecureRandom().nextBytes(KEY);
        lab.tool("user", "create", "olga", "ß€ Käse 😀 日本", "--userou=OU=People");
        // a controller of Windows registers this name by itself; Samba's client asks for no other
        lab.tool("spn", "add", "ldap/" + HOST, "DC1$");
        read = new EnumMap<>(Reader.class);
        for (Reader reader : Reader.values()) {
            if (reader.isThere()) {
                read.put(reader, reader.read());
            }
        }
    }

    @ParameterizedTest(name = "{0}, header signing {1}")
    @CsvSource({"NTLM,true", "NTLM,false", "KERBEROS,true", "KERBEROS,false"})
    void everyVariant_seesTheHashesThatTheOthersSee(
            AuthenticationChoice authentication, boolean headerSigning) throws Exception {
        Map<String, String> ours = ours(authentication, headerSigning);

        assertThat(ours).containsKeys("alice", "carla", "olga", "krbtgt", "DC1$", "quirin");
        assertThat(ours).containsEntry("olga", digest(md4("ß€ Käse 😀 日本")));
        read.forEach((reader, theirs) -> assertThat(theirs).as("%s", reader).isEqualTo(ours));
    }

    @ParameterizedTest
    @EnumSource
    void reader_hasTakenPart(Reader reader) {
        assumeTrue(
                read.containsKey(reader),
                () -> "NOT COMPARED: python3 has no module " + reader.module);
        assertThat(read.get(reader)).isNotEmpty();
    }

    @Test
    void comparison_wouldShowOneWrongHash() throws Exception {
        lab.tool("user", "setpassword", "olga", "--newpassword=Another");

        assertThat(ours(AuthenticationChoice.NTLM, true).get("olga"))
                .isEqualTo(digest(md4("Another")))
                .isNotEqualTo(digest(md4("ß€ Käse 😀 日本")));
        lab.tool("user", "setpassword", "olga", "--newpassword=ß€ Käse 😀 日本");
    }

    private static Map<String, String> ours(
            AuthenticationChoice authentication, boolean headerSigning) throws Exception {
        Map<String, String> digests = new TreeMap<>();
        String secret = Domain.secretOf(Domain.ACCOUNT);
        try (Secret password = Secret.ofChars(secret.toCharArray());
                ReplicationSession session =
                        new DrsReplicationClient(FixedPolicy.permitting())
                                .open(
                                        ReplicationEndpoint.of(HOST).at(lab.address()),
                                        DirectoryAccount.withPassword(
                                                Domain.ACCOUNT, SambaLab.DOMAIN, password),
                                        ReplicationSettings.DEFAULTS
                                                .withAuthentication(authentication)
                                                .withHeaderSigning(headerSigning))) {
            assertThat(session.facts().authentication()).isEqualTo(authentication);
            assertThat(session.facts().headerSigning()).isEqualTo(headerSigning);
            ReplicationCursor cursor = ReplicationCursor.START;
            for (boolean more = true; more; ) {
                try (ReplicaPage page = session.replicate(SambaLab.HEAD, cursor, 100)) {
                    for (ReplicaObject object : page.objects()) {
                        object.ntHash()
                                .ifPresent(
                                        hash ->
                                                digests.put(
                                                        object.text(
                                                                        DirectoryAttribute
                                                                                .SAM_ACCOUNT_NAME)
                                                                .orElseThrow(),
                                                        hash.secret()
                                                                .use(
                                                                        SecondReaderLiveTest
                                                                                ::digest)));
                    }
                    cursor = page.next();
                    more = page.more();
                }
            }
        }
        return digests;
    }

    private static byte[] md4(String password) {
        return HexFormat.of().parseHex(LiveSource.ntHash(password));
    }

    private static String digest(byte[] hash) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
