/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClauseTest {
    @Test
    void headerAsBndWritesIt_isTakenApart() {
        assertThat(
                        Clause.of(
                                "osgi.service;objectClass:List<String>=\"a.B,a.C\";uses:=\"a,b\""
                                        + ", osgi.ee ; version = 17"))
                .satisfiesExactly(
                        service -> {
                            assertThat(service.name()).isEqualTo("osgi.service");
                            assertThat(service.attributes())
                                    .containsEntry("objectClass", "a.B,a.C");
                            assertThat(service.directives()).containsEntry("uses", "a,b");
                        },
                        java -> {
                            assertThat(java.name()).isEqualTo("osgi.ee");
                            assertThat(java.attributes()).containsEntry("version", "17");
                        });
    }

    @Test
    void severalNamesOfOneClause_shareWhatItSays() {
        assertThat(Clause.of("a;b;version=\"[1,2)\";resolution:=optional"))
                .extracting(Clause::name)
                .containsExactly("a", "b");
        assertThat(Clause.of("a;b;version=\"[1,2)\";resolution:=optional"))
                .allSatisfy(
                        clause -> {
                            assertThat(clause.attributes()).containsEntry("version", "[1,2)");
                            assertThat(clause.optional()).isTrue();
                        });
    }

    @Test
    void nothingAndNonsense_areNoFault() {
        assertThat(Clause.of(null)).isEmpty();
        assertThat(Clause.of(" , ;, ")).isEmpty();
        assertThat(Clause.of("=;:=;\"")).hasSize(1);
    }
}
