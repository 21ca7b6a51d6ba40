/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.AccountSource;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole connector on a domain of some size, with the recycle bin switched on. */
@LiveDomain
class LargeDomainLiveTest {
    private static final int USERS = 5000;
    private static final int BATCH = 500;

    private static final String RECYCLE_BIN = "766ddcd8-acd0-445e-f3b9-a7f9b6744f2a";

    private static SambaLab lab;

    /** The hashes are given as they are: deriving all keys of so many passwords takes minutes. */
    @BeforeAll
    static void fill() throws Exception {
        lab = SambaLab.first("127.0.0.44");
        switchOnRecycleBin();
        lab.tool("domain", "passwordsettings", "set", "--max-pwd-age=0");
        for (int from = 0; from < USERS; from += BATCH) {
            StringBuilder users = new StringBuilder();
            IntStream.range(from, from + BATCH).forEach(i -> users.append(user(i)));
            lab.add(users.toString(), "--controls=local_oid:1.3.6.1.4.1.7165.4.3.12:0");
        }
    }

    private static String user(int number) {
        byte[] hash = HexFormat.of().parseHex(LiveSource.ntHash(password(number)));
        return """
        dn: CN=load%1$d,OU=People,%2$s
        objectClass: user
        sAMAccountName: load%1$d
        userAccountControl: 512
        pwdLastSet: 134000000000000000
        unicodePwd:: %3$s

        """
                .formatted(number, SambaLab.HEAD, Base64.getEncoder().encodeToString(hash));
    }

    @AfterAll
    static void remove() throws Exception {
        lab.close();
    }

    private static void switchOnRecycleBin() throws Exception {
        lab.modify(
                "dn:\nchangetype: modify\nadd: enableOptionalFeature\nenableOptionalFeature:"
                        + " CN=Partitions,CN=Configuration,"
                        + SambaLab.HEAD
                        + ":"
                        + RECYCLE_BIN
                        + "\n");
    }

    private static String password(int number) {
        return "Load-Pässword-" + number;
    }

    @Test
    void everyUser_comesOnceWithItsOwnHash(@TempDir Path data) throws Exception {
        try (Domain domain = new Domain(lab, data)) {
            LiveSource source = domain.source();
            Map<String, LiveSource.Seen> seen = source.run(300);
            List<Account> accounts =
                    domain.connector()
                            .capability(AccountSource.class)
                            .orElseThrow()
                            .accounts(seen.keySet().stream().map(SourceAnchor::new).toList());

            assertThat(source.repeated()).as("users that came twice").isZero();
            assertThat(accounts.stream().filter(a -> a.loginName().startsWith("load")))
                    .hasSize(USERS)
                    .allSatisfy(
                            account -> {
                                LiveSource.Seen user = seen.get(account.anchor().value());
                                int number = Integer.parseInt(account.loginName().substring(4));
                                assertThat(user.fits(password(number))).isTrue();
                                assertThat(user.state()).isEqualTo(AccountState.ACTIVE);
                            });
            assertThat(source.run(300)).isEmpty();
        }
    }

    @Test
    void deletedUser_whoseHashTheRecycleBinKeeps_goesWithoutIt(@TempDir Path data)
            throws Exception {
        try (Domain domain = new Domain(lab, data)) {
            LiveSource source = domain.source();
            source.run(1000);
            String alice = domain.anchor("alice");

            lab.tool("user", "delete", "alice");

            LiveSource.Seen deleted = source.run(1000).get(alice);
            assertThat(deleted.state()).isEqualTo(AccountState.of(Flag.DELETED));
            assertThat(deleted.hash()).isEmpty();
        }
    }
}
