/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import io.passbridge.shell.kit.CommandRun;
import io.passbridge.shell.kit.ExitStatus;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private static final Finding GOOD = Finding.ok("store", "is open");
    private static final Finding MEDIOCRE = Finding.warning("route a", "is slow", "wait");
    private static final Finding BAD = Finding.error("connector b", "is down", "start it");

    private record Fixed(Supplier<List<Finding>> findings) implements Inspector {
        @Override
        public String subject() {
            return "part";
        }

        @Override
        public List<Finding> inspect() {
            return findings.get();
        }
    }

    @Test
    void nothingWrong_endsWithZero() {
        CommandRun run = doctor("doctor", GOOD);

        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.lines()).containsExactly("Nothing is wrong.");
    }

    @Test
    void all_showsWhatIsGood() {
        assertThat(doctor("doctor --all", GOOD).out()).contains("ok     store  is open");
    }

    @Test
    void warning_endsWithThree() {
        assertThat(doctor("doctor", GOOD, MEDIOCRE).status()).isEqualTo(ExitStatus.PARTLY_DONE);
    }

    @Test
    void error_comesFirstAndEndsWithTwo() {
        CommandRun run = doctor("doctor", GOOD, MEDIOCRE, BAD);

        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.lines())
                .containsExactly(
                        "STATE    ABOUT        OBSERVED",
                        "error    connector b  is down",
                        "                      -> start it",
                        "warning  route a      is slow",
                        "                      -> wait");
    }

    @Test
    void json_hasEveryField() {
        assertThat(doctor("doctor --json", BAD).out())
                .contains(
                        "{\"part\":\"part\",\"severity\":\"error\",\"subject\":\"connector b\","
                                + "\"text\":\"is down\",\"remedy\":\"start it\"}");
    }

    @Test
    void failingInspector_isAFinding() {
        Inspector broken =
                new Fixed(
                        () -> {
                            throw new IllegalStateException("oops");
                        });

        CommandRun run = CommandRun.of(new Doctor(List.of(broken)), "doctor");

        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.out()).contains("cannot be inspected").contains("oops");
    }

    private static CommandRun doctor(String line, Finding... findings) {
        return CommandRun.of(new Doctor(List.of(new Fixed(() -> List.of(findings)))), line);
    }
}
