/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.itests.lab.LabCommand;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The only controller of a domain, killed or restored from an older copy. */
@LiveDomain
class ControllerLossLiveTest {
    @TempDir Path data;
    private Domain domain;
    private LiveSource source;

    @AfterEach
    void close() {
        domain.close();
    }

    private void open(SambaLab lab) {
        domain = new Domain(lab, data);
        source = domain.source();
    }

    @Test
    void controllerKilledInMidRun_isAFailureAndTheRunBeginsAgain(SambaLab lab) throws Exception {
        open(lab);
        PasswordSource passwords =
                domain.connector().capability(PasswordSource.class).orElseThrow();
        Set<String> early = new HashSet<>();
        ChangePage page = passwords.changes(source.watermark, 2);
        page.changes().forEach(c -> early.add(c.anchor().value()));
        assertThat(page.more()).isTrue();
        assertThat(page.durable()).isFalse();
        lab.kill();
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
        lab.start();
        assertThat(source.run(1000)).containsKeys(early.toArray(String[]::new));
    }

    @Test
    void changeSoonAfterARestart_isSignalledLongBeforeTheClock(SambaLab lab) throws Exception {
        domain = new Domain(lab, data).set("pollSeconds", "600");
        AtomicInteger signals = new AtomicInteger();
        try (ChangeSignal.Subscription subscription =
                domain.open()
                        .capability(ChangeSignal.class)
                        .orElseThrow()
                        .subscribe(signals::incrementAndGet)) {
            Awaitility.await().until(() -> signals.get() > 0);
            lab.kill();
            lab.start();
            int before = signals.get();
            lab.tool("user", "setpassword", "lars", "--newpassword=After-the-restart");

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> signals.get() > before);
        }
    }

    @Test
    void restoredController_isNoticed(SambaLab lab) throws Exception {
        open(lab);
        source.run(1000);
        lab.stop();
        Path snapshot = data.resolve("snapshot");
        LabCommand.run(
                new ProcessBuilder("cp", "-a", lab.folder() + "/dc/private", snapshot.toString()),
                "");
        lab.start();
        lab.tool("user", "setpassword", "alice", "--newpassword=Lost-with-the-restore");
        lab.tool("user", "setpassword", "bob", "--newpassword=Lost-with-the-restore");
        source.run(1000);
        lab.stop();
        LabCommand.run(
                new ProcessBuilder(
                        "sh",
                        "-c",
                        "rm -r '"
                                + lab.folder()
                                + "/dc/private' && cp -a '"
                                + snapshot
                                + "' '"
                                + lab.folder()
                                + "/dc/private'"),
                "");
        lab.start();

        assertThatThrownBy(() -> source.run(1000))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.WATERMARK_EXPIRED));
        source.watermark = Watermark.BEGINNING;
        assertThat(source.run(1000).get(domain.anchor("alice")).fits("Passw0rd-Alice")).isTrue();
    }
}
