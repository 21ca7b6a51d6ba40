/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static io.passbridge.connector.ldif.LdifFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ldif.LdifFixture.Seen;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comments, which may be folded as every line may (RFC 2849). */
class CommentsTest {
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
    void foldedCommentInARecord_belongsToNoValue() throws Exception {
        fixture.write(
                user("anna", "userPassword: {SSHA}AAAA", "# was", "  {SSHA}BBBB", " until May")
                        + user("bert", "userPassword: {SSHA}CC", " CC", "#x", " y", "mail: b"));
        assertThat(fixture.changes())
                .extracting(Seen::credential)
                .containsExactly("{SSHA}AAAA", "{SSHA}CCCC");
    }

    @Test
    void commentThatIsFoldedBeforeAndBetweenRecords_isNoRecord() throws Exception {
        String comment = "# written by\n  the nightly job\n";
        fixture.write(
                comment
                        + user("anna", "userPassword: {SSHA}AAAA")
                        + comment
                        + "\n"
                        + comment
                        + user("bert", "userPassword: {SSHA}BBBB")
                        + comment);
        assertThat(fixture.changes())
                .extracting(Seen::credential)
                .containsExactly("{SSHA}AAAA", "{SSHA}BBBB");
        assertThat(fixture.context.badRecords()).isEmpty();
    }

    @Test
    void foldedPartOfNothing_isNothing() throws Exception {
        fixture.write(
                " lost\n"
                        + user("anna", "userPassword: {SSHA}AAAA")
                        + "#\n lost, too\n"
                        + user("bert", "userPassword: {SSHA}BBBB"));
        assertThat(fixture.changes())
                .extracting(Seen::credential)
                .containsExactly("{SSHA}AAAA", "{SSHA}BBBB");
        assertThat(fixture.context.badRecords()).isEmpty();
    }
}
