/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.passbridge.itests.lab.LabCommand;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform whose clock is twenty minutes ahead of the domain's, in a process of its own. */
@LiveDomain
class ClockSkewLiveTest {
    private static final Path FAKETIME = Path.of("/usr/bin/faketime");
    private static final Pattern SECONDS = Pattern.compile("is (\\d+) s behind ours");

    private static String printed;

    @BeforeAll
    static void run(SambaLab lab, @TempDir Path data) throws Exception {
        assumeTrue(
                Files.isExecutable(FAKETIME), "NOT TESTED: no /usr/bin/faketime to shift a clock");
        printed =
                LabCommand.run(
                        new ProcessBuilder(
                                FAKETIME.toString(),
                                "-m",
                                "--exclude-monotonic",
                                "-f",
                                "+20m",
                                System.getProperty("java.home") + "/bin/java",
                                "-Xshare:auto",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx64m",
                                "-Djava.security.krb5.conf=/nonexistent",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ShiftedReader.class.getName(),
                                lab.controller(),
                                lab.authority().toString(),
                                data.toString()),
                        "");
    }

    private static String lines(String mode) {
        StringBuilder lines = new StringBuilder();
        printed.lines()
                .filter(line -> line.startsWith(mode + ": "))
                .forEach(line -> lines.append(line).append('\n'));
        return lines.toString();
    }

    @Test
    void kerberosAlone_isRefusedWithTheDifferenceTheLimitAndTheRemedy() {
        String run = lines("kerberos run");

        assertThat(run)
                .contains("Kerberos refuses the account: the clock of dc1.corp.example")
                .contains("Kerberos allows 300 s")
                .contains("NTP");
        Matcher difference = SECONDS.matcher(run);
        assertThat(difference.find()).as(run).isTrue();
        assertThat(Integer.parseInt(difference.group(1))).isBetween(1195, 1205);
    }

    @Test
    void kerberosAlone_testSaysTheSameAsAnError() {
        assertThat(lines("kerberos test"))
                .contains("ERROR Kerberos refuses the account: the clock of dc1.corp.example")
                .contains("NTP");
    }

    @Test
    void kerberosOrNtlm_fallsBack_andTestSaysWhy() {
        assertThat(lines("kerberos-or-ntlm run")).contains("users read");
        assertThat(lines("kerberos-or-ntlm test"))
                .contains("OK signed in with NTLM")
                .contains("NOTE NTLM is used in place of Kerberos: ")
                .contains("Kerberos error 37: the clocks differ by more than 5 minutes")
                .contains("WARNING its clock is ");
    }

    @Test
    void ntlmAlone_works_andTestStillWarns() {
        assertThat(lines("ntlm run")).contains("users read");
        assertThat(lines("ntlm test"))
                .doesNotContain("in place of Kerberos")
                .contains("WARNING its clock is ");
    }
}
