/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.itests.lab.LabCommand;
import io.passbridge.itests.lab.SambaLab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every event that a domain can tell of after a complete run, and what comes of it. */
@LiveDomain
class DeltasLiveTest {
    private static final String PEOPLE = "OU=People," + SambaLab.HEAD;

    private Domain domain;
    private LiveSource source;

    @BeforeEach
    void configure(SambaLab lab, @TempDir Path data) {
        domain = new Domain(lab, data);
    }

    @AfterEach
    void close() {
        domain.close();
    }

    /** Adds a user, reads up to it and gives its anchor. */
    private String user(SambaLab lab, String login, String password) throws Exception {
        lab.tool("user", "create", login, password, "--userou=OU=People");
        source = domain.source();
        source.run(1000);
        return domain.anchor(login);
    }

    private LiveSource.Seen only(String anchor) throws Exception {
        Map<String, LiveSource.Seen> delta = source.run(1000);
        assertThat(delta).containsOnlyKeys(anchor);
        return delta.get(anchor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ntlm", "kerberos"})
    void passwordSetByAnAdministrator_comesAloneWithANewerVersion(
            String authentication, SambaLab lab) throws Exception {
        String login = "adam-" + authentication;
        domain.set("authentication", authentication);
        lab.tool("user", "create", login, "First-of-Adam", "--userou=OU=People");
        source = domain.source();
        LiveSource.Seen before = source.run(1000).get(domain.anchor(login));
        assertThat(source.run(1000)).as("nothing changed since").isEmpty();

        lab.tool("user", "setpassword", login, "--newpassword=Second-of-Adam");
        LiveSource.Seen after = only(domain.anchor(login));
        assertThat(after.fits("Second-of-Adam")).isTrue();
        assertThat(after.version()).isGreaterThan(before.version());
    }

    /** The ways in which users change their own passwords. */
    enum OwnChange {
        LDAPS {
            @Override
            void make(Domain domain, SambaLab lab, String login, String from, String to)
                    throws Exception {
                try (LDAPConnection connection = domain.ldap(login, from)) {
                    connection.modify(
                            "CN=" + login + "," + PEOPLE,
                            new Modification(ModificationType.DELETE, "unicodePwd", quoted(from)),
                            new Modification(ModificationType.ADD, "unicodePwd", quoted(to)));
                }
            }
        },
        KPASSWD {
            @Override
            void make(Domain domain, SambaLab lab, String login, String from, String to)
                    throws Exception {
                ProcessBuilder kpasswd = new ProcessBuilder("kpasswd", login + "@CORP.EXAMPLE");
                kpasswd.environment()
                        .put("KRB5_CONFIG", lab.folder().resolve("krb5.conf").toString());
                LabCommand.run(kpasswd, from + "\n" + to + "\n" + to + "\n");
            }
        };

        abstract void make(Domain domain, SambaLab lab, String login, String from, String to)
                throws Exception;

        private static byte[] quoted(String password) {
            return ('"' + password + '"').getBytes(StandardCharsets.UTF_16LE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void passwordChangedByTheUser_comes(OwnChange way, SambaLab lab) throws Exception {
        String login = "uta-" + way.ordinal();
        String uta = user(lab, login, "First-of-Uta");

        way.make(domain, lab, login, "First-of-Uta", "Zweites-für-Uta-日本");

        assertThat(only(uta).fits("Zweites-für-Uta-日本")).isTrue();
    }

    @Test
    void changesOfStateAlone_areChanges(SambaLab lab) throws Exception {
        String stan = user(lab, "stan", "Passw0rd-Stan");
        String dn = "dn: CN=stan," + PEOPLE + "\nchangetype: modify\n";

        lab.tool("user", "disable", "stan");
        assertThat(only(stan).state()).isEqualTo(AccountState.of(Flag.DISABLED));
        lab.tool("user", "enable", "stan");
        LiveSource.Seen enabled = only(stan);
        assertThat(enabled.state()).isEqualTo(AccountState.ACTIVE);
        assertThat(enabled.fits("Passw0rd-Stan")).as("the hash comes with the state").isTrue();

        lab.modify(dn + "replace: accountExpires\naccountExpires: 131000000000000000\n");
        assertThat(only(stan).state()).isEqualTo(AccountState.of(Flag.ACCOUNT_EXPIRED));
        lab.modify(dn + "replace: accountExpires\naccountExpires: 0\n");
        assertThat(only(stan).state()).isEqualTo(AccountState.ACTIVE);

        lab.modify(dn + "replace: pwdLastSet\npwdLastSet: 0\n");
        assertThat(only(stan).state()).isEqualTo(AccountState.of(Flag.MUST_CHANGE_PASSWORD));
        lab.modify(dn + "replace: pwdLastSet\npwdLastSet: -1\n");
        assertThat(only(stan).state()).isEqualTo(AccountState.ACTIVE);

        lab.modify(
                dn + "replace: pwdLastSet\npwdLastSet: 132539328000000000\n",
                "--controls=local_oid:1.3.6.1.4.1.7165.4.3.12:0");
        assertThat(only(stan).state()).isEqualTo(AccountState.of(Flag.PASSWORD_EXPIRED));
        lab.tool("user", "setexpiry", "stan", "--noexpiry");
        assertThat(only(stan).state()).isEqualTo(AccountState.of(Flag.PASSWORD_NEVER_EXPIRES));

        lab.modify(dn + "replace: lockoutTime\nlockoutTime: 134000000000000000\n");
        assertThat(source.run(1000)).as("a lockout is the domain's own affair").isEmpty();
        lab.tool("group", "addmembers", "Domain Guests", "stan");
        assertThat(source.run(1000)).as("membership is a linked value").isEmpty();
    }

    @Test
    void passingOfTime_isAChange(SambaLab lab) throws Exception {
        String petra = user(lab, "petra", "Passw0rd-Petra");
        Instant now = Instant.now();
        lab.modify(
                "dn: CN=petra,"
                        + PEOPLE
                        + "\nchangetype: modify\nreplace: accountExpires\naccountExpires: "
                        + FileTime.of(now.plus(Duration.ofMinutes(30)))
                        + "\n");
        assertThat(only(petra).state()).isEqualTo(AccountState.ACTIVE);

        domain.context().withClock(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
        LiveSource.Seen expired = only(petra);
        assertThat(expired.state()).isEqualTo(AccountState.of(Flag.ACCOUNT_EXPIRED));
        assertThat(expired.fits("Passw0rd-Petra")).isTrue();
        assertThat(source.run(1000)).as("told once").isEmpty();

        // the domain's passwords last 42 days
        domain.context().withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(43)));
        assertThat(source.run(1000).get(petra).state())
                .isEqualTo(AccountState.of(Flag.ACCOUNT_EXPIRED, Flag.PASSWORD_EXPIRED));
    }

    @Test
    void deletedUser_isGone_andComesBackWhenRestored(SambaLab lab) throws Exception {
        String ines = user(lab, "ines", "Passw0rd-Ines");

        lab.tool("user", "delete", "ines");
        LiveSource.Seen deleted = only(ines);
        assertThat(deleted.state()).isEqualTo(AccountState.of(Flag.DELETED));
        assertThat(deleted.hash()).isEmpty();

        domain.restore(ines, "CN=ines," + PEOPLE);
        LiveSource.Seen restored = only(ines);
        assertThat(restored.version()).isGreaterThan(deleted.version());
        assertThat(restored.state()).isEqualTo(AccountState.of(Flag.MUST_CHANGE_PASSWORD));
        assertThat(restored.hash()).as("lost with the deletion").isEmpty();

        lab.tool("user", "setpassword", "ines", "--newpassword=Second-of-Ines");
        LiveSource.Seen back = only(ines);
        assertThat(back.version()).isGreaterThan(restored.version());
        assertThat(back.state()).isEqualTo(AccountState.ACTIVE);
        assertThat(back.fits("Second-of-Ines")).isTrue();
    }

    @Test
    void renamedUser_keepsItsAnchor(SambaLab lab) throws Exception {
        String jan = user(lab, "jan", "Passw0rd-Jan");

        lab.tool(
                "user",
                "rename",
                "jan",
                "--samaccountname=jana",
                "--force-new-cn=Jana",
                "--upn=jana@corp.example");

        LiveSource.Seen seen = only(jan);
        assertThat(seen.state()).isEqualTo(AccountState.ACTIVE);
        assertThat(seen.fits("Passw0rd-Jan")).isTrue();
        assertThat(domain.anchor("jana")).isEqualTo(jan);
        assertThat(domain.account("jana").aliases()).contains("jana@corp.example");
    }

    @Test
    void userMovedOutOfScope_isSaidToBe_andComesBackWithItsHash(SambaLab lab) throws Exception {
        String mia = user(lab, "mia", "Passw0rd-Mia");

        lab.tool("user", "move", "mia", "OU=Leavers," + SambaLab.HEAD);
        LiveSource.Seen out = only(mia);
        assertThat(out.state()).isEqualTo(AccountState.of(Flag.OUT_OF_SCOPE));
        assertThat(out.hash()).isEmpty();

        lab.tool("user", "move", "mia", PEOPLE);
        LiveSource.Seen back = only(mia);
        assertThat(back.state()).isEqualTo(AccountState.ACTIVE);
        assertThat(back.fits("Passw0rd-Mia")).isTrue();
    }

    @Test
    void unitRenamedOrMoved_takesItsUsersAlong(SambaLab lab) throws Exception {
        lab.tool("ou", "create", "OU=Depot," + PEOPLE);
        lab.tool("ou", "create", "OU=Night,OU=Depot," + PEOPLE);
        lab.tool("user", "create", "kira", "Passw0rd-Kira", "--userou=OU=Night,OU=Depot,OU=People");
        source = domain.source();
        source.run(1000);
        String kira = domain.anchor("kira");

        lab.tool("ou", "rename", "OU=Depot," + PEOPLE, "OU=Store," + PEOPLE);
        LiveSource.Seen renamed = only(kira);
        assertThat(renamed.state()).isEqualTo(AccountState.ACTIVE);
        assertThat(renamed.fits("Passw0rd-Kira")).isTrue();

        lab.tool("ou", "move", "OU=Store," + PEOPLE, "OU=Leavers," + SambaLab.HEAD);
        assertThat(only(kira).state())
                .as("the controller sends the unit alone")
                .isEqualTo(AccountState.of(Flag.OUT_OF_SCOPE));

        lab.tool("ou", "move", "OU=Store,OU=Leavers," + SambaLab.HEAD, PEOPLE);
        assertThat(only(kira).fits("Passw0rd-Kira")).isTrue();
    }

    @Test
    void renamedSearchBase_staysInScope(SambaLab lab) throws Exception {
        lab.tool("ou", "create", "OU=Staff," + SambaLab.HEAD);
        lab.tool("user", "create", "sven", "Passw0rd-Sven", "--userou=OU=Staff");
        domain.set("searchBases", "OU=Staff," + SambaLab.HEAD);
        source = domain.source();
        source.run(1000);
        String sven = domain.anchor("sven");

        lab.tool("ou", "rename", "OU=Staff," + SambaLab.HEAD, "OU=Crew," + SambaLab.HEAD);
        assertThat(only(sven).state()).isEqualTo(AccountState.ACTIVE);
        lab.tool("user", "setpassword", "sven", "--newpassword=Second-of-Sven");
        LiveSource.Seen seen = only(sven);
        assertThat(seen.state()).isEqualTo(AccountState.ACTIVE);
        assertThat(seen.fits("Second-of-Sven")).isTrue();
    }
}
