/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import io.passbridge.tls.Refusal;
import io.passbridge.tls.Tls;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;

/** Sends plain text by a mail server (RFC 6409, RFC 3207, RFC 8314). */
final class Mail implements Channel {
    private static final String PATIENCE_MILLIS = "15000";
    private static final String UTF_8 = "UTF-8";

    /** How the connection to the mail server is secured. */
    enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    /**
     * Where the mail server is, and who we are there.
     *
     * @param user empty to send without signing in
     * @param password file, for a user
     */
    record Server(String host, int port, Security security, String user, Optional<Path> password) {}

    private final Server server;
    private final InternetAddress from;
    private final InternetAddress[] to;
    private final Optional<Path> authorities;
    private final BooleanSupplier fips;
    private final String host;

    /**
     * @param to one or more addresses, separated by commas
     * @param host where this platform runs
     * @throws IllegalArgumentException if an address is none
     */
    Mail(
            Server server,
            String from,
            String to,
            Optional<Path> authorities,
            BooleanSupplier fips,
            String host) {
        this.server = server;
        this.from = addresses("mailFrom", from)[0];
        this.to = addresses("mailTo", to);
        this.authorities = authorities;
        this.fips = fips;
        this.host = host;
    }

    private static InternetAddress[] addresses(String parameter, String text) {
        try {
            InternetAddress[] addresses = InternetAddress.parse(text, true);
            if (addresses.length > 0) {
                for (InternetAddress address : addresses) {
                    address.validate();
                }
                return addresses;
            }
        } catch (AddressException e) {
            throw wrong(parameter, text);
        }
        throw wrong(parameter, text);
    }

    private static IllegalArgumentException wrong(String parameter, String text) {
        return new IllegalArgumentException(
                "'%s' of io.passbridge.notifications is '%s'; a mail address is needed"
                        .formatted(parameter, text));
    }

    @Override
    public void tell(Notice notice) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // the library finds its parts by the thread's loader
        thread.setContextClassLoader(Mail.class.getClassLoader());
        try {
            send(notice);
        } catch (MessagingException | GeneralSecurityException e) {
            throw new IOException(this + ": " + reason(e), e);
        } catch (IOException e) {
            throw new IOException(this + ": " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause() instanceof IOException ? e.getCause() : e;
        return Refusal.in(e)
                .orElse(
                        cause == e
                                ? String.valueOf(e.getMessage()).strip()
                                : String.valueOf(cause.getMessage()));
    }

    private void send(Notice notice)
            throws IOException, MessagingException, GeneralSecurityException {
        MimeMessage message = new MimeMessage(Session.getInstance(properties()));
        message.setFrom(from);
        message.setRecipients(Message.RecipientType.TO, to);
        message.setSubject(notice.headline(host), UTF_8);
        message.setSentDate(Date.from(Instant.now()));
        // nobody's absence assistant is to answer (RFC 3834)
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setText(notice.text(), UTF_8);
        if (server.user().isEmpty()) {
            Transport.send(message);
        } else {
            Transport.send(message, server.user(), SecretFile.read(server.password().get()));
        }
    }

    private Properties properties() throws IOException, GeneralSecurityException {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", "" + server.port());
        properties.put("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
        properties.put("mail.smtp.timeout", PATIENCE_MILLIS);
        properties.put("mail.smtp.writetimeout", PATIENCE_MILLIS);
        properties.put("mail.smtp.auth", "" + !server.user().isEmpty());
        if (server.security() != Security.NONE) {
            properties.put(
                    server.security() == Security.TLS
                            ? "mail.smtp.ssl.enable"
                            : "mail.smtp.starttls.enable",
                    "true");
            properties.put("mail.smtp.starttls.required", "true");
            properties.put("mail.smtp.ssl.checkserveridentity", "true");
            properties.put("mail.smtp.ssl.socketFactory.fallback", "false");
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    Tls.of(authorities, null, fips.getAsBoolean()).sockets());
        }
        return properties;
    }

    @Override
    public String toString() {
        return "mail server " + server.host() + ":" + server.port();
    }
}
