/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Who is told what doctor finds. */
@ObjectClassDefinition(
        name = "Notifications",
        description =
                "Tells somebody by mail or webhook what doctor finds and only a human can mend.")
@interface NotificationConfiguration {
    @AttributeDefinition(
            name = "Webhook",
            description =
                    "An https:// address to which JSON is posted; http:// for this machine only.",
            required = false)
    String webhook() default "";

    @AttributeDefinition(
            name = "Webhook token file",
            description = "A file whose line is sent as Authorization: Bearer.",
            required = false)
    String webhookTokenFile() default "";

    @AttributeDefinition(
            name = "Mail server",
            description = "The name or address of a mail server.",
            required = false)
    String mailServer() default "";

    @AttributeDefinition(
            name = "Mail port",
            description = "The mail server's TCP port, 1 to 65535; 587 if it is not given.",
            min = "1",
            max = "65535",
            required = false)
    int mailPort() default 587;

    @AttributeDefinition(
            name = "Mail security",
            description =
                    "starttls: TLS by STARTTLS, or nothing is sent; tls: TLS from the first byte;"
                            + " none: plain, also the password. starttls if it is not given.",
            options = {
                @Option(label = "starttls", value = "starttls"),
                @Option(label = "tls", value = "tls"),
                @Option(label = "none", value = "none")
            },
            required = false)
    String mailSecurity() default "starttls";

    @AttributeDefinition(
            name = "Mail user",
            description = "Who signs in to the mail server; empty to send without.",
            required = false)
    String mailUser() default "";

    @AttributeDefinition(
            name = "Mail password file",
            description = "A file whose line is the mail user's password.",
            required = false)
    String mailPasswordFile() default "";

    @AttributeDefinition(name = "From", description = "The sender's address.", required = false)
    String mailFrom() default "";

    @AttributeDefinition(
            name = "To",
            description = "The addresses of those who are told, separated by commas.",
            required = false)
    String mailTo() default "";

    @AttributeDefinition(
            name = "CA file",
            description =
                    "A PEM file of the authorities that certificates may come from; empty for those"
                            + " that Java knows.",
            required = false)
    String caFile() default "";

    @AttributeDefinition(
            name = "Severity",
            description =
                    "error: only what does not work until somebody acts; warning: also what does"
                            + " not work as it should. error if it is not given.",
            options = {
                @Option(label = "error", value = "error"),
                @Option(label = "warning", value = "warning")
            },
            required = false)
    String severity() default "error";

    @AttributeDefinition(
            name = "Settle",
            description =
                    "Seconds for which something must be so before it is told, 1 to 3600; 60 if it"
                            + " is not given.",
            min = "1",
            max = "3600",
            required = false)
    int settleSeconds() default 60;

    @AttributeDefinition(
            name = "Quiet",
            description =
                    "Minutes after a notice in which nothing is told, 0 to 1440; 60 if it is not"
                            + " given.",
            min = "0",
            max = "1440",
            required = false)
    int quietMinutes() default 60;

    @AttributeDefinition(
            name = "Remind",
            description =
                    "Hours after which what is still so is told again, 1 to 720; 24 if it is not"
                            + " given.",
            min = "1",
            max = "720",
            required = false)
    int remindHours() default 24;
}
