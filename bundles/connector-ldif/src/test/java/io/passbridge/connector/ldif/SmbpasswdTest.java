/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ldif.LdifFixture.Seen;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.times.DirectoryTime;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as {@code pdbedit -Lw} writes them (smbpasswd(5)). */
class SmbpasswdTest {
    private static final String NO_LM = "X".repeat(32);
    private static final String HASH = "8846F7EAEE8FB117AD06BDD830B7586C";
    private static final String GOOD =
            "anna:1000:" + NO_LM + ":" + HASH + ":[U          ]:LCT-5FDE0A80:\n";

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

    @Test
    void line_isAUser_withHashStateAndTime() throws Exception {
        fixture.write(
                "# of the old server\n\n"
                        + GOOD
                        + "Bert:4294967295:%s:%s:[UD         ]:LCT-00000000:\n"
                                .formatted(NO_LM, NO_LM)
                        + "carl:1002:%s:%s:[UX         ]:LCT-5fde0a81".formatted(NO_LM, HASH));
        List<Seen> seen = fixture.changes();
        assertThat(seen).hasSize(3);
        Seen anna = seen.get(0);
        assertThat(anna.anchor()).isEqualTo("smbpasswd:1000");
        assertThat(anna.credential()).isEqualTo("NT 8846f7eaee8fb117ad06bdd830b7586c");
        assertThat(anna.state()).isEqualTo(AccountState.ACTIVE);
        assertThat(DirectoryTime.toInstant(anna.version()).getEpochSecond()).isEqualTo(0x5FDE0A80L);
        assertThat(seen.get(1).anchor()).as("without a Unix uid").isEqualTo("smbpasswd:bert");
        assertThat(seen.get(1).credential()).isEqualTo("none");
        assertThat(seen.get(1).state().flags())
                .containsExactlyInAnyOrder(Flag.DISABLED, Flag.MUST_CHANGE_PASSWORD);
        assertThat(seen.get(2).state()).isEqualTo(AccountState.of(Flag.PASSWORD_NEVER_EXPIRES));
        assertThat(fixture.context.badRecords()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bert:1001:X:Y                 | fewer than the six fields",
                "' :1001:L:H:[U ]:LCT-1:'      | has no name in its first field",
                "bert::L:H:[U ]:LCT-1:         | the second field is not a Unix uid",
                "bert:-1:L:H:[U ]:LCT-1:       | the second field is not a Unix uid",
                "bert:12345678901:L:H:[]:LCT-1: | the second field is not a Unix uid",
                "bert:1001:L:H:[U ]::          | the sixth field is not of the form LCT-xxxxxxxx",
                "bert:1001:L:H:[U ]:LCT-xyz:   | the sixth field is not of the form LCT-xxxxxxxx",
                "bert:1001:L:H:[U ]:LCT-1:     | sambaNTPassword has 1 characters",
            })
    void lineThatCannotBeUsed_isTold_andTheOthersGoOn(String line, String reason) throws Exception {
        fixture.write(GOOD + line + "\n" + GOOD.replace("anna:1000", "carl:1002"));
        assertThat(fixture.changes())
                .extracting(Seen::anchor)
                .containsExactly("smbpasswd:1000", "smbpasswd:1002");
        assertThat(fixture.context.badRecords())
                .singleElement()
                .asString()
                .contains("people.ldif:2", reason)
                .doesNotContain(HASH);
    }

    @Test
    void nameThatIsTooLongForAnAnchor_isTold_withTheLimit() throws Exception {
        String tail = ":4294967295:" + NO_LM + ":" + HASH + ":[U ]:LCT-5FDE0A80:\n";
        fixture.write(GOOD + "b".repeat(245) + tail + "c".repeat(246) + tail);
        assertThat(fixture.changes()).hasSize(2);
        assertThat(fixture.context.badRecords())
                .singleElement()
                .asString()
                .contains("people.ldif:3", "the name has 246 characters", "an anchor can have 255");
    }
}
