/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel, and what has been told through it; whether another one works does not matter to it.
 * Used by one thread; {@link #trouble} may be asked by all.
 */
final class Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final Channel channel;
    private final ToldFile file;
    private final Notices notices;
    private Duration wait = FIRST_WAIT;
    private Instant again = Instant.MIN;
    private volatile String trouble = "";

    Subscription(Channel channel, ToldFile file, Notices.Rhythm rhythm, Instant now) {
        this.channel = channel;
        this.file = file;
        this.notices = new Notices(rhythm, read(file), now);
    }

    private static Map<Problem, Instant> read(ToldFile file) {
        try {
            return file.read();
        } catch (IOException e) {
            LOG.warn("What has been told is not known and is told again: {}", e.getMessage());
            return Map.of();
        }
    }

    /** Tells what is due, if the channel may be tried. */
    void look(List<Problem> found, Instant now) {
        notices.look(found, now);
        Notice notice = notices.due(now);
        if (notice.isEmpty() || now.isBefore(again)) {
            return;
        }
        try {
            channel.tell(notice);
            notices.told(notice, now);
            wait = FIRST_WAIT;
            file.write(notices.told());
            if (!trouble.isEmpty()) {
                LOG.info("Notifications arrive again at {}", channel);
            }
            trouble = "";
        } catch (IOException e) {
            failed(e.getMessage(), now);
        } catch (RuntimeException | LinkageError e) {
            // a library's; the next notice must not be missed for it
            LOG.error("A notification failed", e);
            failed(channel + ": " + e, now);
        }
    }

    private void failed(String reason, Instant now) {
        if (!reason.equals(trouble)) {
            LOG.warn("A notification does not arrive: {}", reason);
        }
        trouble = reason;
        again = now.plus(wait);
        wait =
                wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0
                        ? LONGEST_WAIT
                        : wait.multipliedBy(2);
    }

    /** Why the last notice did not arrive, or cannot be remembered; empty if all is well. */
    Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
