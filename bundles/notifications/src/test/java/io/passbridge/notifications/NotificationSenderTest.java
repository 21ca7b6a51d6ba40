/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.health.Inspector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationSenderTest {
    private static final Notices.Rhythm AT_ONCE =
            new Notices.Rhythm(Duration.ofMillis(20), Duration.ZERO, Duration.ofHours(24));

    @TempDir Path folder;
    private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());

    private record Inbox(List<Notice> notices) implements Channel {
        @Override
        public void tell(Notice notice) {
            notices.add(notice);
        }
    }

    private record Wall() implements Channel {
        @Override
        public void tell(Notice notice) throws IOException {
            throw new IOException("wall: nobody listens");
        }
    }

    private record Fault() implements Channel {
        @Override
        public void tell(Notice notice) {
            throw new IllegalStateException("a library that fails");
        }
    }

    private NotificationSender sender(Map<String, Channel> channels) {
        Inspector broken =
                new Inspector() {
                    @Override
                    public String subject() {
                        return "broken";
                    }

                    @Override
                    public List<Finding> inspect() {
                        throw new IllegalStateException("an inspector that fails");
                    }
                };
        Inspector good =
                new Inspector() {
                    @Override
                    public String subject() {
                        return "good";
                    }

                    @Override
                    public List<Finding> inspect() {
                        return List.copyOf(findings);
                    }
                };
        return new NotificationSender(
                channels, Severity.ERROR, AT_ONCE, folder, List.of(broken, good));
    }

    @Test
    void errors_areTold_thoughAnInspectorAndAnotherChannelFail() throws Exception {
        findings.add(Finding.error("key set", "is locked", "keys:unlock"));
        findings.add(Finding.warning("export", "is old", "keys:export"));
        Inbox inbox = new Inbox(Collections.synchronizedList(new ArrayList<>()));
        NotificationSender sender =
                sender(Map.of("inbox", inbox, "wall", new Wall(), "fault", new Fault()));
        try {
            await().until(() -> !inbox.notices().isEmpty());
            assertThat(inbox.notices().get(0).fresh())
                    .extracting(Problem::subject)
                    .containsExactly("key set");
            await().untilAsserted(
                            () ->
                                    assertThat(sender.inspect())
                                            .extracting(Finding::text)
                                            .anyMatch(text -> text.contains("nobody listens"))
                                            .anyMatch(
                                                    text -> text.contains("a library that fails")));
            findings.clear();
            await().until(() -> inbox.notices().size() == 2);
            assertThat(inbox.notices().get(1).over())
                    .extracting(Problem::subject)
                    .containsExactly("key set");
        } finally {
            sender.close();
        }
    }

    @Test
    void restart_tellsNothingTwice() throws Exception {
        findings.add(Finding.error("key set", "is locked", "keys:unlock"));
        Inbox inbox = new Inbox(Collections.synchronizedList(new ArrayList<>()));
        NotificationSender first = sender(Map.of("inbox", inbox));
        await().until(() -> inbox.notices().size() == 1);
        first.close();
        NotificationSender second = sender(Map.of("inbox", inbox));
        try {
            findings.add(Finding.error("route r", "does not run", "doctor"));
            await().until(() -> inbox.notices().size() == 2);
            assertThat(inbox.notices().get(1).fresh())
                    .extracting(Problem::subject)
                    .containsExactly("route r");
        } finally {
            second.close();
        }
    }
}
