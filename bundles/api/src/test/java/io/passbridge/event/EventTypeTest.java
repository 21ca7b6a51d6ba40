/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventTypeTest {
    @Test
    void numbers_areUnique() {
        assertThat(Arrays.stream(EventType.values()).map(EventType::number))
                .doesNotHaveDuplicates();
    }

    @Test
    void everythingBad_hasARemedy() {
        assertThat(EventType.values())
                .filteredOn(type -> type.severity() == EventType.Severity.ERROR)
                .allSatisfy(type -> assertThat(type.remedy()).isNotBlank());
    }
}
