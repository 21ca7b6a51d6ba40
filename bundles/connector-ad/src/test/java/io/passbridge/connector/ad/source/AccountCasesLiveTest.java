/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.itests.lab.SambaLab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of account that a domain holds, as a full run of the whole domain shows it. */
@LiveDomain
class AccountCasesLiveTest {
    private static final String UNIT = "OU=Cases," + SambaLab.HEAD;

    /** Lets an LDIF set what the directory sets by itself otherwise. */
    private static final String BYPASS = "--controls=local_oid:1.3.6.1.4.1.7165.4.3.12:0";

    private static final String LONGEST = "ä".repeat(256);
    private static final String LONG_PAST = "132539328000000000";

    private static SambaLab lab;
    private static final Map<String, LiveSource.Seen> USERS_ONLY = new HashMap<>();
    private static final Map<String, LiveSource.Seen> EVERYTHING = new HashMap<>();

    /**
     * One row of the table.
     *
     * @param password what the hash must fit; empty if there must be no hash
     */
    record Row(String login, Optional<String> password, Flag... flags) {
        @Override
        public String toString() {
            return login;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                row("ascii", "Passw0rd-Ascii"),
                row("mixed", "Pä$$wörd-日本"),
                row("emoji", "ß€ Käse 😀 emoji"),
                row("spaces", "  two  blanks  around  "),
                row("shortest", "1"),
                row("longish", "L".repeat(127)),
                row("longest", LONGEST),
                row("disabled", "Passw0rd-Disabled", Flag.DISABLED),
                row("mustchange", "Passw0rd-Must", Flag.MUST_CHANGE_PASSWORD),
                row("pwexpired", "Passw0rd-Old", Flag.PASSWORD_EXPIRED),
                row("expired", "Passw0rd-Gone", Flag.ACCOUNT_EXPIRED),
                row("neverexpires", "Passw0rd-Never", Flag.PASSWORD_NEVER_EXPIRES),
                row("locked", "Passw0rd-Locked"),
                row("nopassword", null, Flag.DISABLED, Flag.MUST_CHANGE_PASSWORD),
                row("notneeded", null, Flag.MUST_CHANGE_PASSWORD),
                row(
                        "several",
                        "Passw0rd-Several",
                        Flag.DISABLED,
                        Flag.ACCOUNT_EXPIRED,
                        Flag.PASSWORD_EXPIRED));
    }

    private static Row row(String login, String password, Flag... flags) {
        return new Row(login, Optional.ofNullable(password), flags);
    }

    @BeforeAll
    static void fill(SambaLab shared, @TempDir Path data) throws Exception {
        lab = shared;
        lab.tool("ou", "create", UNIT);
        for (Row row : rows().toList()) {
            if (row.password().isPresent()) {
                lab.tool(
                        "user",
                        "create",
                        row.login(),
                        row.password().get(),
                        "--use-username-as-cn",
                        "--userou=OU=Cases");
            }
        }
        lab.tool("user", "disable", "disabled");
        lab.tool("user", "disable", "several");
        lab.modify(replace("mustchange", "pwdLastSet", "0"));
        lab.modify(replace("pwexpired", "pwdLastSet", LONG_PAST), BYPASS);
        lab.modify(replace("several", "pwdLastSet", LONG_PAST), BYPASS);
        lab.modify(replace("expired", "accountExpires", LONG_PAST));
        lab.modify(replace("several", "accountExpires", LONG_PAST));
        lab.tool("user", "setexpiry", "neverexpires", "--noexpiry");
        lab.add(object("nopassword", "user", ""));
        lab.add(object("notneeded", "user", "userAccountControl: 544\n"));
        lab.add(
                object(
                        "internetperson",
                        "inetOrgPerson",
                        "userAccountControl: 512\nunicodePwd:: "
                                + quoted("Passw0rd-Inet")
                                + "\nsn: Person\n"));
        lab.tool("computer", "create", "PC2");
        lab.tool("user", "setpassword", "PC2$", "--newpassword=Passw0rd-PC2");
        lab.tool(
                "user",
                "create",
                "smartcard",
                "--random-password",
                "--smartcard-required",
                "--userou=OU=Cases");
        lock("locked");
        read(data.resolve("users"), "user", USERS_ONLY);
        read(data.resolve("all"), "user,inetOrgPerson,computer", EVERYTHING);
    }

    private static String replace(String login, String attribute, String value) {
        return "dn: CN=%s,%s\nchangetype: modify\nreplace: %s\n%s: %s\n"
                .formatted(login, UNIT, attribute, attribute, value);
    }

    private static String object(String login, String objectClass, String more) {
        return "dn: CN=%s,%s\nobjectClass: %s\nsAMAccountName: %s\n%s"
                .formatted(login, UNIT, objectClass, login, more);
    }

    private static String quoted(String password) {
        return Base64.getEncoder()
                .encodeToString(('"' + password + '"').getBytes(StandardCharsets.UTF_16LE));
    }

    /** Locks a user out as guessing does: by wrong passwords. */
    private static void lock(String login) throws Exception {
        lab.tool(
                "domain",
                "passwordsettings",
                "pso",
                "create",
                "lockfast",
                "20",
                "--account-lockout-threshold=2",
                "--account-lockout-duration=30",
                "--reset-account-lockout-after=30",
                "--complexity=off",
                "--min-pwd-length=1");
        lab.tool("domain", "passwordsettings", "pso", "apply", "lockfast", login);
        try (Domain domain = new Domain(lab, Path.of("/nonexistent"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(signsIn(domain, login, "wrong")).isFalse();
            }
            assertThat(signsIn(domain, login, "Passw0rd-Locked")).as("locked out").isFalse();
        }
    }

    private static boolean signsIn(Domain domain, String login, String password) {
        try (LDAPConnection connection = domain.ldap(login, password)) {
            return connection.isConnected();
        } catch (io.passbridge.connector.ConnectorException refused) {
            return false;
        }
    }

    private static void read(Path data, String types, Map<String, LiveSource.Seen> into)
            throws Exception {
        try (Domain domain =
                new Domain(lab, data).set("searchBases", "").set("objectTypes", types)) {
            into.putAll(domain.source().run(1000));
            for (String login : logins().toList()) {
                LiveSource.Seen seen = into.remove(domain.anchor(login));
                if (seen != null) {
                    into.put(login, seen);
                }
            }
        }
    }

    private static Stream<String> logins() {
        return Stream.concat(
                rows().map(Row::login),
                Stream.of("smartcard", "internetperson", "PC2$", "Guest", "krbtgt"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void account_hasItsHashAndItsState(Row row) {
        LiveSource.Seen seen = USERS_ONLY.get(row.login());

        assertThat(seen.state()).isEqualTo(AccountState.of(row.flags()));
        assertThat(seen.hash()).isEqualTo(row.password().map(LiveSource::ntHash));
    }

    @Test
    void smartCardUser_hasAHashThatNobodyKnows() {
        LiveSource.Seen seen = USERS_ONLY.get("smartcard");

        assertThat(seen.state()).isEqualTo(AccountState.of(Flag.SMARTCARD_REQUIRED));
        assertThat(seen.hash()).isPresent();
    }

    @Test
    void guest_isDisabledAndHasNoHash() {
        LiveSource.Seen seen = USERS_ONLY.get("Guest");

        assertThat(seen.state().has(Flag.DISABLED)).isTrue();
        assertThat(seen.hash()).isEmpty();
    }

    @Test
    void otherObjectTypes_comeOnRequestOnly() {
        assertThat(USERS_ONLY).doesNotContainKeys("internetperson", "PC2$");
        assertThat(EVERYTHING.keySet()).containsAll(logins().toList());
        assertThat(EVERYTHING.get("internetperson").fits("Passw0rd-Inet")).isTrue();
        assertThat(EVERYTHING.get("internetperson").state()).isEqualTo(AccountState.ACTIVE);
        assertThat(EVERYTHING.get("PC2$").fits("Passw0rd-PC2")).isTrue();
        assertThat(EVERYTHING.get("PC2$").state()).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void inetOrgPersonAlone_leavesUsersOut(@TempDir Path data) throws Exception {
        try (Domain domain =
                new Domain(lab, data)
                        .set("searchBases", UNIT)
                        .set("objectTypes", "inetOrgPerson")) {
            Map<String, LiveSource.Seen> seen = domain.source().run(1000);
            assertThat(seen).containsOnlyKeys(domain.anchor("internetperson"));
        }
    }

    @Test
    void computerInAMovedUnit_isFollowed(@TempDir Path data) throws Exception {
        lab.tool("ou", "create", "OU=Rack," + UNIT);
        lab.tool("computer", "create", "PC3", "--computerou=OU=Rack,OU=Cases");
        try (Domain domain =
                new Domain(lab, data).set("searchBases", UNIT).set("objectTypes", "computer")) {
            LiveSource source = domain.source();
            source.run(1000);
            String anchor = domain.anchor("PC3$");
            lab.tool("ou", "move", "OU=Rack," + UNIT, "OU=Leavers," + SambaLab.HEAD);
            assertThat(source.run(1000).get(anchor).state())
                    .isEqualTo(AccountState.of(Flag.OUT_OF_SCOPE));
        }
    }
}
