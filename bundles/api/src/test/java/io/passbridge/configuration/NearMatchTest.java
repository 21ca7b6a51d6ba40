/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMatchTest {
    @ParameterizedTest
    @CsvSource({
        "exclude, exclude, 0",
        "EXCLUDE, exclude, 0",
        "exlude, exclude, 1",
        "exclude, exlude, 1",
        "exclose, exclude, 2",
        "'', abc, 3",
        "abc, '', 3",
        "kitten, sitting, 3",
        "flaw, lawn, 2"
    })
    void distance_countsWhatHasToBeChanged(String one, String other, int changes) {
        assertThat(NearMatch.distance(one, other)).isEqualTo(changes);
    }

    @Test
    void of_isTheNearestThatIsNearEnough() {
        List<String> names = List.of("include", "exclude", "digest");
        assertThat(NearMatch.of("exlude", names)).contains("exclude");
        assertThat(NearMatch.of("ab", List.of("cd"))).contains("cd");
        assertThat(NearMatch.of("ab", List.of("cde"))).isEmpty();
        assertThat(NearMatch.of("abcdefghi", List.of("abcdef"))).contains("abcdef");
        assertThat(NearMatch.of("abcdefgh", List.of("abcde"))).isEmpty();
    }
}
