/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.itests.lab.LabCommand;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two controllers of one domain that replicate with each other, and one of them failing. */
@LiveDomain
class AdFailOverLiveTest {
    @TempDir Path data;
    private SambaLab first;
    private SambaLab second;
    private Domain domain;
    private LiveSource source;

    @BeforeEach
    void provision() throws Exception {
        first = SambaLab.first("127.0.0.45");
    }

    @AfterEach
    void remove() throws Exception {
        if (domain != null) {
            domain.close();
        }
        if (second != null) {
            second.close();
        }
        first.close();
    }

    private void open(SambaLab... controllers) throws Exception {
        StringBuilder names = new StringBuilder();
        StringBuilder authorities = new StringBuilder();
        for (SambaLab lab : controllers) {
            names.append(names.isEmpty() ? "" : ",").append(lab.controller());
            authorities.append(Files.readString(lab.authority()));
        }
        Path authority = Files.writeString(data.resolve("ca.pem"), authorities);
        domain =
                new Domain(first, data)
                        .set("controllers", names.toString())
                        .set("caCertificates", authority.toString());
        source = domain.source();
    }

    @Test
    void otherController_goesOnWhereTheFirstStopped_withoutMissingOrRepeating() throws Exception {
        second = SambaLab.second(first, "127.0.0.46");
        open(first, second);
        source.run(1000);
        String alice = domain.anchor("alice");
        String bob = domain.anchor("bob");

        first.tool("user", "setpassword", "alice", "--newpassword=On-the-first");
        assertThat(source.run(1000)).containsOnlyKeys(alice);
        second.pullFrom(first);
        second.tool("user", "setpassword", "bob", "--newpassword=On-the-second");
        first.stop();

        Map<String, LiveSource.Seen> delta = source.run(1000);
        assertThat(delta).as("neither missed nor repeated").containsOnlyKeys(bob);
        assertThat(delta.get(bob).fits("On-the-second")).isTrue();
        assertThat(domain.context().reports())
                .anySatisfy(r -> assertThat(r).contains("failover dc2"));

        first.start();
        first.pullFrom(second);
        second.stop();
        assertThat(source.run(1000)).as("back on the first, nothing is new").isEmpty();
        first.tool("user", "setpassword", "alice", "--newpassword=Again-on-the-first");
        assertThat(source.run(1000).get(alice).fits("Again-on-the-first")).isTrue();

        second.start();
        second.pullFrom(first);
        ControllerTroubleLiveTest.outboundReplication(first, false);
        second.tool("user", "setpassword", "bob", "--newpassword=Again-on-the-second");
        delta = source.run(1000);
        assertThat(delta).as("neither missed nor repeated").containsOnlyKeys(bob);
        assertThat(delta.get(bob).fits("Again-on-the-second")).isTrue();
        assertThat(domain.context().reports())
                .last(InstanceOfAssertFactories.STRING)
                .contains("failover dc2", "error 8456");
    }

    @Test
    void controllerKilledInMidRun_isAFailureAndTheRunBeginsAgain() throws Exception {
        open(first);
        PasswordSource passwords =
                domain.connector().capability(PasswordSource.class).orElseThrow();
        Set<String> early = new HashSet<>();
        ChangePage page = passwords.changes(source.watermark, 2);
        page.changes().forEach(c -> early.add(c.anchor().value()));
        assertThat(page.more()).isTrue();
        assertThat(page.durable()).isFalse();
        first.kill();
        assertThatThrownBy(
                        () -> {
                            ChangePage at = page;
                            while (at.more()) {
                                at = passwords.changes(at.next(), 2);
                            }
                        })
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
        first.start();
        assertThat(source.run(1000)).containsKeys(early.toArray(String[]::new));
    }

    @Test
    void restoredController_isNoticed() throws Exception {
        open(first);
        source.run(1000);
        first.stop();
        Path snapshot = data.resolve("snapshot");
        LabCommand.run(
                new ProcessBuilder("cp", "-a", first.folder() + "/dc/private", snapshot.toString()),
                "");
        first.start();
        first.tool("user", "setpassword", "alice", "--newpassword=Lost-with-the-restore");
        first.tool("user", "setpassword", "bob", "--newpassword=Lost-with-the-restore");
        source.run(1000);
        first.stop();
        LabCommand.run(
                new ProcessBuilder(
                        "sh",
                        "-c",
                        "rm -r '"
                                + first.folder()
                                + "/dc/private' && cp -a '"
                                + snapshot
                                + "' '"
                                + first.folder()
                                + "/dc/private'"),
                "");
        first.start();

        assertThatThrownBy(() -> source.run(1000))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.WATERMARK_EXPIRED));
        source.watermark = Watermark.BEGINNING;
        assertThat(source.run(1000).get(domain.anchor("alice")).fits("Passw0rd-Alice")).isTrue();
    }
}
