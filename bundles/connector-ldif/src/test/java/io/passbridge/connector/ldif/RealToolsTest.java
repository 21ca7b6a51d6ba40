/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldif.LdifFixture.Seen;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files exactly as OpenLDAP 2.5.13 and Samba 4.17.12 wrote them, for throw-away users. */
class RealToolsTest {
    @TempDir Path folder;
    private LdifFixture fixture;

    @BeforeEach
    void open() {
        fixture = new LdifFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = RealToolsTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, Seen> byLogin() throws Exception {
        List<Seen> seen = fixture.changes();
        Map<String, String> logins =
                fixture
                        .accounts()
                        .accounts(seen.stream().map(one -> new SourceAnchor(one.anchor())).toList())
                        .stream()
                        .collect(Collectors.toMap(a -> a.anchor().value(), Account::loginName));
        return seen.stream().collect(Collectors.toMap(one -> logins.get(one.anchor()), one -> one));
    }

    @Test
    void slapcat_isRead() throws Exception {
        fixture.write(resource("slapcat.ldif"));
        Map<String, Seen> users = byLogin();
        assertThat(users.keySet()).containsExactlyInAnyOrder("anna", "bert", "carl", "dora");
        assertThat(users.get("anna").credential()).startsWith("{SSHA512}").hasSize(9 + 110);
        assertThat(users.get("anna").state().has(Flag.MUST_CHANGE_PASSWORD)).isTrue();
        assertThat(users.get("bert").credential()).startsWith("{SSHA}");
        assertThat(users.get("carl").credential()).startsWith("{ARGON2}$argon2i$");
        assertThat(users.get("carl").state().has(Flag.DISABLED)).isTrue();
        assertThat(users.get("dora").credential()).isEqualTo("none");
        assertThat(fixture.context.badRecords()).isEmpty();
    }

    @Test
    void ldapsearch_saysTheSameAsSlapcat() throws Exception {
        fixture.write(resource("slapcat.ldif"));
        Map<String, Seen> slapcat = byLogin();
        fixture.write(resource("ldapsearch.ldif"));
        assertThat(byLogin()).as("nothing in it is news").isEmpty();
        fixture.watermark = Watermark.BEGINNING;
        assertThat(byLogin()).isEqualTo(slapcat);
        assertThat(fixture.context.badRecords()).isEmpty();
    }

    @Test
    void ldapsearch_cutOffByALimit_isReported() throws Exception {
        fixture.write(resource("ldapsearch-sizelimit.ldif"));
        fixture.changes();
        assertThat(fixture.context.badRecords())
                .singleElement()
                .asString()
                .contains("4 Size limit exceeded", "repeat the export");
    }

    @Test
    void auditlog_behindASlapcat_isFollowed() throws Exception {
        fixture.write(resource("slapcat.ldif"));
        Map<String, Seen> before = byLogin();
        fixture.append(resource("auditlog.ldif"));
        List<Seen> after = fixture.changes();
        assertThat(fixture.context.badRecords()).isEmpty();
        Seen carl = seen(after, before.get("carl"));
        assertThat(carl.state().has(Flag.DELETED)).isTrue();
        assertThat(seen(after, before.get("anna")).version())
                .as("replayed changes are newer than the export")
                .isGreaterThan(before.get("anna").version());
        assertThat(after)
                .extracting(Seen::anchor)
                .as("the change of bert says what the export said")
                .doesNotContain(before.get("bert").anchor())
                .hasSize(3);
    }

    private static Seen seen(List<Seen> after, Seen before) {
        return after.stream()
                .filter(one -> one.anchor().equals(before.anchor()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void ldbsearch_saysTheSameAsPdbedit() throws Exception {
        fixture.write(resource("ldbsearch.ldif"));
        Map<String, Seen> users = byLogin();
        assertThat(users.keySet())
                .contains("alice", "bob", "carla")
                .doesNotContain("krbtgt", "PC1$");
        assertThat(users.get("alice").anchor())
                .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(users.get("bob").state().has(Flag.DISABLED)).isTrue();
        assertThat(users.get("carla").state().has(Flag.MUST_CHANGE_PASSWORD)).isTrue();
        assertThat(fixture.context.badRecords()).isEmpty();

        fixture.write(resource("pdbedit-dc.txt"));
        Map<String, Seen> smbpasswd = byLogin();
        for (String name : List.of("alice", "bob", "carla")) {
            assertThat(smbpasswd.get(name).credential()).isEqualTo(users.get(name).credential());
            assertThat(smbpasswd.get(name).state()).isEqualTo(users.get(name).state());
            assertThat(smbpasswd.get(name).anchor()).isEqualTo("smbpasswd:" + name);
        }
        assertThat(smbpasswd).doesNotContainKeys("krbtgt", "PC1$", "DC1$");
        assertThat(smbpasswd.get("nobody").credential()).isEqualTo("none");
    }

    @Test
    void pdbedit_isRead() throws Exception {
        fixture.write(resource("pdbedit.txt"));
        Map<String, Seen> users = byLogin();
        assertThat(users.keySet()).containsExactlyInAnyOrder("games", "news", "backup", "irc");
        assertThat(users.get("games").anchor()).isEqualTo("smbpasswd:5");
        assertThat(users.get("games").credential())
                .isEqualTo("NT 666df3731c6620871da7d455736bfa82");
        assertThat(users.get("news").state().has(Flag.DISABLED)).isTrue();
        fixture.append("broken:1:line\n" + "lp:7:X:Y:[U]:LCT-zz:\n");
        assertThat(fixture.changes()).isEmpty();
        assertThat(fixture.context.badRecords()).hasSize(2);
        assertThat(fixture.context.badRecords().get(0)).contains("people.ldif:5: ");
    }
}
