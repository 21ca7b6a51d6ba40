/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A route's configuration, read and checked.
 *
 * @param faults what is wrong with it; a route with faults does not run
 */
public record RouteSettings(
        String name,
        String source,
        String target,
        State state,
        RoutePolicy policy,
        RouteLimits limits,
        List<String> faults) {
    public enum State {
        ON,
        OFF,
        STAGING
    }

    public RouteSettings {
        faults = List.copyOf(faults);
    }

    /** From the properties of a configuration; what nobody reads is a fault. */
    public static RouteSettings of(String name, Map<String, ?> properties) {
        RouteValues values = new RouteValues(properties);
        SettingsReader reading = new SettingsReader();
        values.faults()
                .forEach(
                        f ->
                                reading.fault(
                                        "'%s' %s; %s"
                                                .formatted(f.subject(), f.text(), f.remedy())));
        return of(name, values.configuration(), reading);
    }

    private static RouteSettings of(
            String name, RouteConfiguration configuration, SettingsReader reading) {
        return new RouteSettings(
                name,
                reading.required("source", configuration.source()),
                reading.required("target", configuration.target()),
                State.valueOf(
                        reading.oneOf("state", configuration.state(), "on", "off", "staging")
                                .toUpperCase(Locale.ROOT)),
                policy(configuration, reading),
                limits(configuration, reading),
                reading.faults());
    }

    private static RoutePolicy policy(RouteConfiguration configuration, SettingsReader reading) {
        return new RoutePolicy(
                new ScopeFilter(
                        reading.patterns("include", configuration.include()),
                        reading.patterns("exclude", configuration.exclude())),
                reading.required("digest", configuration.digest()).toLowerCase(Locale.ROOT),
                reading.schemes(configuration.passThrough()),
                reading.oneOf("accounts", configuration.accounts(), "none", "create")
                        .equals("create"),
                reading.oneOf("mustChange", configuration.mustChange(), "send", "skip")
                        .equals("skip"),
                configuration.allowSourceCredentials());
    }

    private static RouteLimits limits(RouteConfiguration configuration, SettingsReader reading) {
        return new RouteLimits(
                reading.within("pageSize", configuration.pageSize(), 1, 1_000),
                Duration.ofSeconds(
                        reading.within("cycleSeconds", configuration.cycleSeconds(), 1, 86_400)),
                new DeletionLimit(
                        reading.within(
                                "deletionThreshold",
                                configuration.deletionThreshold(),
                                0,
                                Integer.MAX_VALUE),
                        reading.within("deletionPercent", configuration.deletionPercent(), 0, 100)),
                reading.within("retryAttempts", configuration.retryAttempts(), 1, 100),
                Optional.of(
                                reading.within(
                                        "objectiveSeconds",
                                        configuration.objectiveSeconds(),
                                        0,
                                        86_400))
                        .filter(seconds -> seconds > 0)
                        .map(Duration::ofSeconds),
                reading.within("verifyPerMinute", configuration.verifyPerMinute(), 0, 100_000));
    }

    public String file() {
        return "etc/" + fileName();
    }

    public String fileName() {
        return RouteConfiguration.PID + "-" + name + ".cfg";
    }
}
