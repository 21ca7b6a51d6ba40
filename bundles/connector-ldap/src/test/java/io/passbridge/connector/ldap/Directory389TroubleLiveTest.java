/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.util.StaticUtils;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.connector.tck.SourceReader.Seen;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.itests.lab.Directory389Lab;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What 389 Directory Server does differently, and what users do there. */
@OnDirectory389
class Directory389TroubleLiveTest {
    @RegisterExtension
    static final Started<Directory389Lab> LAB = Started.by(Directory389Lab::start);

    @TempDir Path folder;
    private LiveDirectory ldap;

    @BeforeEach
    void branch() throws Exception {
        ldap = new LiveDirectory(LAB.get(), folder);
    }

    @AfterEach
    void close() throws Exception {
        ldap.close();
    }

    private static String kind(Connector connector, Watermark after) throws Exception {
        try (ChangePage page =
                connector.capability(PasswordSource.class).orElseThrow().changes(after, 10)) {
            assertThat(page.changes()).hasSize(1);
            return page.changes().get(0).credential().orElseThrow().kind();
        }
    }

    @Test
    void passwordHashedAnewAtASignIn_comesWithANewVersion() throws Exception {
        ldap.addUser("anna");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            Seen before = reader.drain(10).get(0);
            ldap.replace("anna", "userPassword", hashOf("secret1"));
            Seen set = reader.drain(10).get(0);
            assertThat(set.version()).isGreaterThan(before.version());
            Watermark at = reader.watermark();
            new LDAPConnection("127.0.0.1", LAB.get().port(), ldap.dn("anna"), "secret1").close();
            assertThat(kind(connector, at)).isEqualTo("PBKDF2-SHA512");
            assertThat(new SourceReader(connector, at).drain(10).get(0).version())
                    .isGreaterThan(set.version());
        }
    }

    /** RFC 2307 as servers write it, with a salt of eight bytes. */
    private static String hashOf(String password) throws Exception {
        byte[] salt = "saltsalt".getBytes();
        MessageDigest sha = MessageDigest.getInstance("SHA-1");
        sha.update(password.getBytes());
        sha.update(salt);
        byte[] digest = sha.digest();
        byte[] value = Arrays.copyOf(digest, digest.length + salt.length);
        System.arraycopy(salt, 0, value, digest.length, salt.length);
        return "{SSHA}" + Base64.getEncoder().encodeToString(value);
    }

    @Test
    void anotherAttributeChanged_keepsTheVersion_soNothingIsWritten() throws Exception {
        ldap.addUser("anna");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            Seen before = reader.drain(10).get(0);
            ldap.replace("anna", "sn", "Another");
            assertThat(reader.drain(10)).containsExactly(before);
        }
    }

    @Test
    void userRenamed_comesWithTheNewName() throws Exception {
        SourceAnchor anna = ldap.addUser("anna");
        ldap.addUser("bert");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            ldap.admin().modifyDN(ldap.dn("anna"), "uid=anne", true);
            try (ChangePage page =
                    connector
                            .capability(PasswordSource.class)
                            .orElseThrow()
                            .changes(reader.watermark(), 10)) {
                assertThat(page.changes())
                        .singleElement()
                        .satisfies(
                                change -> {
                                    assertThat(change.anchor()).isEqualTo(anna);
                                    assertThat(change.account().orElseThrow().loginName())
                                            .isEqualTo("anne");
                                });
            }
        }
    }

    @Test
    void passwordThatExpiresByTimeAlone_comes() throws Exception {
        ldap.addUser("anna");
        ldap.addUser("bert");
        ldap.replace("anna", "passwordExpirationTime", soon());
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            assertThat(reader.drain(10)).allMatch(seen -> seen.state().flags().isEmpty());
            ldap.context().withClock(Clock.offset(Clock.systemUTC(), Duration.ofHours(2)));
            assertThat(reader.drain(10))
                    .singleElement()
                    .satisfies(
                            seen -> assertThat(seen.state().has(Flag.PASSWORD_EXPIRED)).isTrue());
        }
    }

    private static String soon() {
        return StaticUtils.encodeGeneralizedTime(System.currentTimeMillis() + 3_600_000)
                .replaceAll("\\.\\d+Z", "Z");
    }

    @Test
    void serverKilledAndStarted_readingGoesOnFromTheSamePosition() throws Exception {
        SourceAnchor anna = ldap.addUser("anna");
        SourceAnchor bert = ldap.addUser("bert");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            ldap.changePassword(anna);
            LAB.get().kill();
            LAB.get().up();
            ldap.delete(bert);
            assertThat(reader.drain(10))
                    .extracting(Seen::anchor)
                    .containsExactlyInAnyOrder(anna, bert);
        }
    }

    @Test
    void cookieThatTheServerDoesNotTake_leadsToOneFullRead() throws Exception {
        SourceAnchor anna = ldap.addUser("anna");
        ldap.addUser("bert");
        Watermark ofAnotherAccount;
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            ofAnotherAccount = reader.watermark();
        }
        ldap.delete(anna);
        // its cookies belong to server, account, base and filter
        ldap.context().withAccount(Directory389Lab.MANAGER, Directory389Lab.MANAGER_PASSWORD);
        try (Connector connector = ldap.open()) {
            assertThatThrownBy(() -> new SourceReader(connector, ofAnotherAccount).drain(10))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.WATERMARK_EXPIRED));
            assertThat(new SourceReader(connector).drain(10))
                    .hasSize(2)
                    .filteredOn(seen -> seen.anchor().equals(anna))
                    .allMatch(seen -> seen.state().has(Flag.DELETED));
        }
    }

    @Test
    void test_saysWhatIsThere_andThatTheManagerMayDoTooMuch() throws Exception {
        ldap.addUser("anna");
        try (Connector connector = ldap.open()) {
            assertThat(connector.test())
                    .extracting(Finding::text)
                    .anyMatch(text -> text.contains("signed in to 389 Directory Server"))
                    .anyMatch(text -> text.contains("may read userPassword"))
                    .anyMatch(text -> text.contains("its clock is 0 s"))
                    .anyMatch(text -> text.contains("found by content-sync"));
            ldap.context().withClock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5)));
            assertThat(connector.test())
                    .filteredOn(finding -> finding.text().contains("its clock is"))
                    .singleElement()
                    .matches(finding -> finding.severity() == Severity.WARNING)
                    .matches(finding -> finding.text().contains(" s behind ours"));
        }
        ldap.context().withAccount(Directory389Lab.MANAGER, Directory389Lab.MANAGER_PASSWORD);
        try (Connector connector = ldap.open()) {
            assertThat(connector.test())
                    .filteredOn(finding -> finding.severity() == Severity.WARNING)
                    .anyMatch(finding -> finding.text().contains("far more than it needs"));
        }
    }
}
