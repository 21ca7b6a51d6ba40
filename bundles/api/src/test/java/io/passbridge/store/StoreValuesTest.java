/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StoreValuesTest {
    @ParameterizedTest
    @CsvSource({
        "APPLIED, , IN_STEP",
        "ALREADY, DISABLED, IN_STEP",
        "APPLIED, DELETED, GONE",
        "ALREADY, OUT_OF_SCOPE, OUTSIDE",
        "NO_SUCH_USER, DELETED, GONE",
        "NO_SUCH_USER, OUT_OF_SCOPE, OUTSIDE",
        "NO_SUCH_USER, , REFUSED",
        "REJECTED, DELETED, REFUSED",
        "CONFLICT, OUT_OF_SCOPE, REFUSED",
        "RETRY, , REFUSED"
    })
    void standing_ofWhatBecameOfAUser(Outcome outcome, Flag flag, Standing standing) {
        AccountState state = flag == null ? AccountState.ACTIVE : AccountState.of(flag);
        assertThat(Standing.of(state, outcome)).isEqualTo(standing);
    }

    @ParameterizedTest
    @EnumSource(Standing.class)
    void leftOut_areThoseWhoWaitOrCannotBeServed(Standing standing) {
        boolean expected =
                switch (standing) {
                    case WAITING, REFUSED, UNUSABLE -> true;
                    case IN_STEP, OUTSIDE, GONE -> false;
                };
        assertThat(standing.leftOut()).isEqualTo(expected);
    }

    @Test
    void serverId_isMadeOnce_andKept(@TempDir Path data) throws Exception {
        String made = new ServerId(data).read();
        assertThat(made).matches(".+/[0-9a-f-]{36}");
        assertThat(new ServerId(data).read()).isEqualTo(made);
        assertThat(data.resolve("scheduler")).isDirectoryNotContaining("glob:**.new");
        Files.delete(data.resolve("scheduler/server-id"));
        assertThat(new ServerId(data).read()).isNotEqualTo(made);
    }

    @Test
    void serverId_thatCannotBeWritten_isToldWithItsFile(@TempDir Path data) throws Exception {
        Files.writeString(data.resolve("scheduler"), "a file where a folder should be");
        assertThatThrownBy(() -> new ServerId(data).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("server-id cannot be read or written: ");
    }

    @Test
    void exception_hasItsKind() {
        assertThat(new StoreException(StoreException.Kind.FENCED, "another one writes"))
                .hasMessage("another one writes")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FENCED));
    }
}
