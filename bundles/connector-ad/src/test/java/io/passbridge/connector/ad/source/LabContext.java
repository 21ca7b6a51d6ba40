/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** The platform's side of one connector instance, for tests of the connector alone. */
final class LabContext implements ConnectorContext, AutoCloseable {
    final List<String> reports = new ArrayList<>();
    private final Map<String, String> values;
    private final String account;
    private final String secret;
    private final Path data;
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
    boolean fips;

    LabContext(Map<String, String> values, String account, String secret, Path data) {
        this.values = values;
        this.account = account;
        this.secret = secret;
        this.data = data;
    }

    @Override
    public ConnectorConfiguration configuration() {
        return new Values();
    }

    @Override
    public Secret accountSecret() {
        return Secret.ofChars(secret.toCharArray());
    }

    @Override
    public Optional<String> accountName() {
        return Optional.of(account);
    }

    @Override
    public Path dataFolder() {
        return data;
    }

    @Override
    public ScheduledExecutorService executor() {
        return executor;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public LegacyPolicy legacyPolicy() {
        return new LegacyPolicy() {
            @Override
            public boolean fipsEnforced() {
                return fips;
            }

            @Override
            public void use(LegacyAlgorithm algorithm, String purpose) {
                if (fips) {
                    throw new LegacyRefusedException(algorithm, purpose);
                }
            }

            @Override
            public List<LegacyUse> uses() {
                return List.of();
            }
        };
    }

    @Override
    public PasswordVerifier passwordVerifier() {
        return new PasswordVerifier() {
            @Override
            public Set<String> schemes() {
                return Set.of();
            }

            @Override
            public boolean verify(Secret password, Digest digest) {
                throw new IllegalArgumentException("no scheme is known");
            }
        };
    }

    @Override
    public void report(boolean reachable, String text) {
        reports.add(text);
    }

    @Override
    public void reportFailOver(String server, String reason) {
        reports.add("now " + server + ": " + reason);
    }

    @Override
    public void reportBadRecord(String place, String reason) {
        reports.add(place + ": " + reason);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private final class Values implements ConnectorConfiguration {
        @Override
        public String instance() {
            return "lab";
        }

        @Override
        public Optional<String> text(String parameter) {
            return Optional.ofNullable(values.get(parameter))
                    .or(
                            () ->
                                    AdSettings.PARAMETERS.stream()
                                            .filter(p -> p.name().equals(parameter))
                                            .map(Parameter::defaultValue)
                                            .findFirst())
                    .filter(text -> !text.isEmpty());
        }

        @Override
        public int integer(String parameter) {
            return Integer.parseInt(text(parameter).orElseThrow());
        }

        @Override
        public boolean flag(String parameter) {
            return text(parameter).map(Boolean::parseBoolean).orElse(false);
        }

        @Override
        public Optional<Path> path(String parameter) {
            return text(parameter).map(Path::of);
        }

        @Override
        public List<String> list(String parameter) {
            return text(parameter).stream()
                    .flatMap(text -> Stream.of(text.split(",")))
                    .map(String::trim)
                    .toList();
        }
    }
}
