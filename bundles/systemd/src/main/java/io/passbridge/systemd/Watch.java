/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.systemd;

import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the service manager is told, and when: once that the platform is ready, from then on that it
 * lives, as long as every part of it does. Who is caught in a deadlock while it is asked says
 * nothing any more either.
 */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Notices notices;
    private final BooleanSupplier started;
    private final Supplier<Map<String, String>> stalled;
    private final Supplier<String> condition;
    private volatile boolean stopped;
    private boolean ready;
    private String told = "";
    private String trouble = "";

    /**
     * @param started whether the platform has come up
     * @param stalled which parts do nothing any more, and why
     * @param condition of the platform, for people
     */
    Watch(
            Notices notices,
            BooleanSupplier started,
            Supplier<Map<String, String>> stalled,
            Supplier<String> condition) {
        this.notices = notices;
        this.started = started;
        this.stalled = stalled;
        this.condition = condition;
    }

    /** Looks once, and tells. */
    void look() {
        if (!started.getAsBoolean()) {
            return;
        }
        Map<String, String> parts = stalled.get();
        StringBuilder notice = new StringBuilder();
        if (!ready) {
            notice.append("READY=1\n");
        }
        if (parts.isEmpty()) {
            notice.append("WATCHDOG=1\n");
        }
        String now = parts.isEmpty() ? condition.get() : inWords(parts);
        if (!now.equals(told)) {
            notice.append("STATUS=").append(now.replace('\n', ' ')).append('\n');
        }
        if (!notice.isEmpty() && !stopped && send(notice.toString())) {
            ready = true;
            if (!parts.isEmpty() && !now.equals(told)) {
                LOG.error("The watchdog is told nothing more: {}", now);
            }
            told = now;
        }
    }

    private static String inWords(Map<String, String> parts) {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + ": " + part.getValue())
                .collect(Collectors.joining("; "));
    }

    /** That the platform stops; nothing is told after it. */
    void stopping() {
        stopped = true;
        send("STOPPING=1\nSTATUS=stopping\n");
    }

    boolean isReady() {
        return ready;
    }

    private boolean send(String notice) {
        try {
            notices.send(notice);
            trouble = "";
            return true;
        } catch (IOException e) {
            if (!trouble.equals(e.getMessage())) {
                trouble = e.getMessage();
                LOG.warn("systemd is told nothing: {}", trouble);
            }
            return false;
        }
    }
}
