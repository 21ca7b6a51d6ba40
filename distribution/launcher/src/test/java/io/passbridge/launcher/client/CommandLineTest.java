/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void plainWords_stayAsTheyAre() {
        assertThat(CommandLine.quote(List.of("export", "--to=/tmp/a.b", "-x", "3")))
                .isEqualTo("export --to=/tmp/a.b -x 3");
    }

    @Test
    void wordsThatTheShellWouldRead_areQuoted() {
        assertThat(CommandLine.quote(List.of("a b", "$x", "it's", "{now}")))
                .isEqualTo("'a b' '$x' 'it'\"'\"'s' '{now}'");
    }
}
