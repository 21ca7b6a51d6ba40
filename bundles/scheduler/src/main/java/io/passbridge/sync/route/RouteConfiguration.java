/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of one route, {@code etc/io.passbridge.route-NAME.cfg}. */
@ObjectClassDefinition(
        name = "Passbridge route",
        description = "Synchronises the passwords of one source to one target.")
public @interface RouteConfiguration {
    String PID = "io.passbridge.route";

    @AttributeDefinition(description = "Name of the connector instance that is read.")
    String source() default "";

    @AttributeDefinition(description = "Name of the connector instance that is written.")
    String target() default "";

    @AttributeDefinition(description = "Digest scheme; the target must list it. pph2 if not set.")
    String digest() default "pph2";

    @AttributeDefinition(
            description =
                    "on runs cycles, off does nothing, staging allows forecasts only. on if not"
                            + " set.",
            options = {@Option("on"), @Option("off"), @Option("staging")})
    String state() default "on";

    @AttributeDefinition(
            description =
                    "create makes and renames users at the target, none expects them there. none if"
                            + " not set.",
            options = {@Option("create"), @Option("none")})
    String accounts() default "none";

    @AttributeDefinition(
            description =
                    "true lets a digest such as hpke send what the source itself holds, sealed for"
                            + " the target; who opens it can sign in at the source. false if not"
                            + " set.")
    boolean allowSourceCredentials() default false;

    @AttributeDefinition(
            description =
                    "userPassword schemes, such as SSHA512, that are sent as they are if the target"
                            + " lists them; * for all that it lists. None if not set.")
    String[] passThrough() default {};

    @AttributeDefinition(
            description =
                    "Regular expressions, separated by blanks; only users whose login name or an"
                            + " alias matches one as a whole are synchronised. All if not set.")
    String[] include() default {};

    @AttributeDefinition(
            description =
                    "Regular expressions, separated by blanks; users whose login name or an alias"
                            + " matches one as a whole are not synchronised. None if not set.")
    String[] exclude() default {};

    @AttributeDefinition(description = "Users read and written at once, 1 to 1000. 500 if not set.")
    int pageSize() default 500;

    @AttributeDefinition(description = "Seconds between cycles, 1 to 86400. 120 if not set.")
    int cycleSeconds() default 120;

    @AttributeDefinition(
            description =
                    "A run that would delete more users, or move more out of scope, is stopped and"
                            + " the route paused; 0 stops at the first. 500 if not set.")
    int deletionThreshold() default 500;

    @AttributeDefinition(
            description =
                    "The same as a share of the users that the route has at its target, 0 to 100;"
                            + " 10 users or fewer are not measured by it. 50 if not set.")
    int deletionPercent() default 50;

    @AttributeDefinition(
            description =
                    "Users who must change their password: send passes the password and the flag"
                            + " on, skip waits until they changed it. send if not set.",
            options = {@Option("send"), @Option("skip")})
    String mustChange() default "send";

    @AttributeDefinition(
            description =
                    "Attempts for a user whom the target does not take now, 1 to 100. 10 if not"
                            + " set.")
    int retryAttempts() default 10;

    @AttributeDefinition(
            description =
                    "Within so many seconds of being made, 99 of 100 changes are to be at the"
                        + " target, 0 to 86400; sync:status and doctor judge it. 0, the default, is"
                        + " no objective.")
    int objectiveSeconds() default 0;

    @AttributeDefinition(
            description =
                    "People in step who are compared with the target in a minute, 0 to 100000; 0"
                            + " leaves that to sync:verify. 10 if not set.")
    int verifyPerMinute() default 10;
}
