/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.act;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.keys.file.KeySetFolder;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that wait for the journal. They are kept on disk, so that a process that ends before the
 * journal comes, such as a short command on a stopped platform, does not lose them. Not
 * thread-safe.
 */
final class WaitingEvents {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingEvents.class);
    private static final String FILE = "events.waiting";
    private static final int MOST = 50;

    private final Deque<Event> events = new ArrayDeque<>();
    private final Optional<KeySetFolder> folder;
    private final Clock clock;

    /** Something that happened. */
    record Event(Instant at, EventType type, String subject, Map<Fact, String> attributes) {}

    /**
     * The events that an earlier process left, to begin with.
     *
     * @param folder where they are kept; in memory only without one
     */
    WaitingEvents(Optional<KeySetFolder> folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        try {
            if (folder.isPresent()) {
                byte[] bytes = folder.get().read(FILE).orElse(new byte[0]);
                new String(bytes, StandardCharsets.US_ASCII).lines().forEach(this::parse);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", folder.get().describe(FILE), e.getMessage());
        }
    }

    void add(EventType type, String subject, Map<Fact, String> attributes) {
        if (events.size() == MOST) {
            events.removeFirst();
        }
        events.addLast(new Event(clock.instant(), type, subject, attributes));
        save();
    }

    /** The oldest one. */
    Optional<Event> first() {
        return Optional.ofNullable(events.peekFirst());
    }

    void removeFirst() {
        events.removeFirst();
        save();
    }

    void removeAll(EventType type) {
        if (events.removeIf(event -> event.type() == type)) {
            save();
        }
    }

    private void save() {
        if (folder.isEmpty()) {
            return;
        }
        try {
            if (events.isEmpty()) {
                folder.get().delete(FILE);
            } else {
                String text =
                        events.stream().map(WaitingEvents::line).collect(Collectors.joining());
                folder.get().create(FILE, text.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", folder.get().describe(FILE), e.getMessage());
        }
    }

    /** Time, number, subject, and keys and values, with blanks between them. */
    private static String line(Event event) {
        StringBuilder line = new StringBuilder();
        line.append(event.at()).append(' ').append(event.type().number());
        line.append(' ').append(encoded(event.subject()));
        event.attributes()
                .forEach(
                        (key, value) ->
                                line.append(' ')
                                        .append(encoded(key.text()))
                                        .append(' ')
                                        .append(encoded(value)));
        return line.append('\n').toString();
    }

    /** A line that a kill cut off is dropped. */
    private void parse(String line) {
        List<String> words = Arrays.asList(line.split(" ", -1));
        try {
            int number = Integer.parseInt(words.get(1));
            EventType type =
                    Arrays.stream(EventType.values())
                            .filter(t -> t.number() == number)
                            .findFirst()
                            .orElseThrow(IllegalArgumentException::new);
            Map<Fact, String> attributes = new LinkedHashMap<>();
            for (int i = 3; i < words.size(); i += 2) {
                String value = decoded(words.get(i + 1));
                // an earlier version may have known a fact that this one does not
                Fact.of(decoded(words.get(i))).ifPresent(fact -> attributes.put(fact, value));
            }
            attributes.put(Fact.AT, words.get(0));
            events.addLast(
                    new Event(
                            Instant.parse(words.get(0)), type, decoded(words.get(2)), attributes));
        } catch (RuntimeException e) {
            LOG.debug("a waiting event cannot be read: {}", e.getMessage());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
