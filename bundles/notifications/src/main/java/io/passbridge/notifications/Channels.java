/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import io.passbridge.health.Finding.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** What the configuration says, checked. */
final class Channels {
    private static final String PID = NotificationSender.PID;

    private Channels() {}

    /**
     * @throws IllegalArgumentException if something is missing or wrong, with the remedy
     */
    static Map<String, Channel> of(
            NotificationConfiguration given, BooleanSupplier fips, String host) {
        Map<String, Channel> channels = new TreeMap<>();
        Optional<Path> authorities = file(given.caFile());
        if (!given.webhook().isBlank()) {
            channels.put(
                    "webhook",
                    new Webhook(
                            given.webhook().strip(),
                            file(given.webhookTokenFile()),
                            authorities,
                            fips,
                            host));
        }
        if (!given.mailServer().isBlank()) {
            channels.put(
                    "mail",
                    new Mail(
                            server(given),
                            given.mailFrom(),
                            given.mailTo(),
                            authorities,
                            fips,
                            host));
        }
        if (channels.isEmpty()) {
            throw new IllegalArgumentException(
                    PID
                            + " names neither 'webhook' nor 'mailServer'; name one, or delete the"
                            + " file");
        }
        return channels;
    }

    private static Mail.Server server(NotificationConfiguration given) {
        int port = within("mailPort", given.mailPort(), 1, 65_535);
        Optional<Path> password = file(given.mailPasswordFile());
        if (!given.mailUser().isBlank() && password.isEmpty()) {
            throw new IllegalArgumentException(
                    "'mailUser' of " + PID + " needs 'mailPasswordFile'");
        }
        return new Mail.Server(
                given.mailServer().strip(),
                port,
                oneOf(Mail.Security.class, "mailSecurity", given.mailSecurity()),
                given.mailUser().strip(),
                password);
    }

    static Severity least(NotificationConfiguration given) {
        return oneOf(Severity.class, "severity", given.severity());
    }

    static Notices.Rhythm rhythm(NotificationConfiguration given) {
        return new Notices.Rhythm(
                Duration.ofSeconds(within("settleSeconds", given.settleSeconds(), 1, 3_600)),
                Duration.ofMinutes(within("quietMinutes", given.quietMinutes(), 0, 1_440)),
                Duration.ofHours(within("remindHours", given.remindHours(), 1, 720)));
    }

    private static int within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "'%s' of %s is %d; %d to %d are allowed"
                            .formatted(name, PID, value, least, most));
        }
        return value;
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, String name, String value) {
        try {
            return Enum.valueOf(type, value.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' of %s cannot be '%s'".formatted(name, PID, value), e);
        }
    }

    private static Optional<Path> file(String path) {
        return path.isBlank() ? Optional.empty() : Optional.of(Path.of(path.strip()));
    }
}
