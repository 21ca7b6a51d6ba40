/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
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

        ControllerTroubleLiveTest.outboundReplication(first, true);
        first.pullFrom(second);
        assertThat(usersOfARunWhoseControllerDies())
                .as("the run is begun again on the other")
                .containsAll(new LiveSource(passwords()).run(1000).keySet());
    }

    private Set<String> usersOfARunWhoseControllerDies() throws Exception {
        Set<String> users = new HashSet<>();
        ChangePage page = passwords().changes(Watermark.BEGINNING, 2);
        assertThat(page.more()).isTrue();
        second.kill();
        for (boolean more = true; more; ) {
            page.changes().forEach(change -> users.add(change.anchor().value()));
            page.close();
            more = page.more();
            page = more ? passwords().changes(page.next(), 2) : page;
        }
        return users;
    }

    private PasswordSource passwords() {
        return domain.connector().capability(PasswordSource.class).orElseThrow();
    }
}
