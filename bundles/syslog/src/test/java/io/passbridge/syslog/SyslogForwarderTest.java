/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.event.EventType;
import io.passbridge.event.EventType.Severity;
import io.passbridge.health.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a receiver on a socket of this process, which does what real ones do at their worst. */
class SyslogForwarderTest {
    private static final Pattern SEQUENCE = Pattern.compile("sequence=\"(\\d+)\"");

    @TempDir private Path folder;

    private Path mark() {
        return folder.resolve("data/syslog-sent");
    }

    private SyslogForwarder forwarder(ListedJournal journal, int port, Severity least) {
        return new SyslogForwarder(
                journal,
                () -> false,
                new Receiver("127.0.0.1", port, false, Optional.empty()),
                new SyslogFormat(13, "here", 1),
                least,
                mark());
    }

    private static ServerSocket receiver() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    /** Reads records until there are so many, or the sender ends. */
    private static List<Integer> read(Socket socket, int count) throws IOException {
        List<Integer> sequences = new ArrayList<>();
        InputStream in = socket.getInputStream();
        while (sequences.size() < count) {
            int length = 0;
            int c;
            while ((c = in.read()) != ' ') {
                if (c < 0) {
                    return sequences;
                }
                length = length * 10 + (c - '0');
            }
            String message = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            var found = SEQUENCE.matcher(message);
            assertThat(found.find()).as(message).isTrue();
            sequences.add(Integer.valueOf(found.group(1)));
        }
        return sequences;
    }

    @Test
    void recordsThatMayBeLostWithAConnection_areSentAgain() throws Exception {
        ListedJournal journal = new ListedJournal("a").with(450);
        try (ServerSocket receiver = receiver()) {
            SyslogForwarder forwarder =
                    forwarder(journal, receiver.getLocalPort(), Severity.INFORMATION);
            try (Socket first = receiver.accept()) {
                assertThat(read(first, 300)).hasSize(300).startsWith(1).endsWith(300);
            }
            try (Socket second = receiver.accept()) {
                List<Integer> again = read(second, 450);
                assertThat(again).startsWith(1).contains(450).doesNotHaveDuplicates();
            }
            forwarder.close();
        }
    }

    @Test
    void afterAGoodEnd_nothingIsSentTwice() throws Exception {
        ListedJournal journal = new ListedJournal("a").with(3);
        try (ServerSocket receiver = receiver()) {
            int port = receiver.getLocalPort();
            SyslogForwarder forwarder = forwarder(journal, port, Severity.INFORMATION);
            try (Socket socket = receiver.accept()) {
                assertThat(read(socket, 3)).containsExactly(1, 2, 3);
                journal.with(1);
                Thread end = new Thread(() -> closing(forwarder));
                end.start();
                assertThat(read(socket, 99)).as("up to its end").containsExactly(4);
                socket.close();
                end.join();
            }
            assertThat(mark()).hasContent("4 a4");
            journal.with(1);
            SyslogForwarder next = forwarder(journal, port, Severity.INFORMATION);
            try (Socket socket = receiver.accept()) {
                assertThat(read(socket, 1)).containsExactly(5);
            }
            next.close();
        }
    }

    private static void closing(SyslogForwarder forwarder) {
        try {
            forwarder.close();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void journalOfAnotherStore_isSentFromItsBeginning() throws Exception {
        Files.createDirectories(mark().getParent());
        Files.writeString(mark(), "2 a2\n");
        ListedJournal other = new ListedJournal("b").with(3);
        try (ServerSocket receiver = receiver()) {
            SyslogForwarder forwarder =
                    forwarder(other, receiver.getLocalPort(), Severity.INFORMATION);
            try (Socket socket = receiver.accept()) {
                assertThat(read(socket, 3)).containsExactly(1, 2, 3);
            }
            forwarder.close();
        }
    }

    /** As after the promotion of a standby that was behind. */
    @Test
    void recordsThatTookThePlaceOfLostOnes_areSent() throws Exception {
        ListedJournal journal = new ListedJournal("a").with(5);
        try (ServerSocket receiver = receiver()) {
            SyslogForwarder forwarder =
                    forwarder(journal, receiver.getLocalPort(), Severity.INFORMATION);
            try (Socket first = receiver.accept()) {
                assertThat(read(first, 5)).endsWith(5);
                journal.lose(3, "b");
                journal.with(4);
                try (Socket second = receiver.accept()) {
                    assertThat(read(second, 6)).containsExactly(1, 2, 3, 4, 5, 6);
                }
            }
            forwarder.close();
        }
    }

    @Test
    void onlyWhatIsGraveEnough_isSent() throws Exception {
        ListedJournal journal = new ListedJournal("a").with(2);
        journal.record(EventType.SOURCE_FAILED, "route x", Map.of());
        try (ServerSocket receiver = receiver()) {
            SyslogForwarder forwarder = forwarder(journal, receiver.getLocalPort(), Severity.ERROR);
            try (Socket socket = receiver.accept()) {
                assertThat(read(socket, 1)).containsExactly(3);
            }
            forwarder.close();
        }
    }

    @Test
    void receiverThatIsAway_isToldOnce_andGetsEverythingLater() throws Exception {
        ListedJournal journal = new ListedJournal("a").with(2);
        int port;
        try (ServerSocket receiver = receiver()) {
            port = receiver.getLocalPort();
        }
        SyslogForwarder forwarder = forwarder(journal, port, Severity.INFORMATION);
        await().until(
                        () ->
                                forwarder.inspect().get(0).severity() == Finding.Severity.ERROR
                                        && journal.after(0, 9).size() == 3);
        assertThat(forwarder.inspect().get(0).text()).contains("127.0.0.1:" + port);
        try (ServerSocket receiver = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
                Socket socket = receiver.accept()) {
            assertThat(read(socket, 4)).containsExactly(1, 2, 3, 4);
            assertThat(forwarder.inspect().get(0).severity()).isEqualTo(Finding.Severity.OK);
        }
        assertThat(journal.after(2, 9))
                .extracting(record -> record.number())
                .startsWith(
                        EventType.SYSLOG_UNREACHABLE.number(), EventType.SYSLOG_RESUMED.number());
        forwarder.close();
    }
}
