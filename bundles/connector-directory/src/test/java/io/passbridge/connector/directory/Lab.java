/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.AccountRehearsal;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.UserPassword;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A directory with everything around it, a clock that can be turned, and a client. */
final class Lab implements AutoCloseable {
    final Path folder;
    final Connector connector;
    final List<String> reports = new CopyOnWriteArrayList<>();

    /** The scheme of each digest that a sign-in was checked with. */
    final List<String> checked = new CopyOnWriteArrayList<>();

    /** Whether the policy permits no check at all. */
    volatile boolean refusing;

    private final Map<String, String> parameters;
    private final String role;
    private final String secret;
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Duration ahead = Duration.ZERO;

    Lab(Path folder) throws ConnectorException {
        this(folder, new EmbeddedDirectoryFactory(), Map.of("signInPort", "0"), null, null);
    }

    Lab(
            Path folder,
            ConnectorFactory factory,
            Map<String, String> parameters,
            String role,
            String secret)
            throws ConnectorException {
        this.folder = folder;
        this.parameters = parameters;
        this.role = role;
        this.secret = secret;
        this.connector = factory.open(new Context());
    }

    PasswordTarget passwords() {
        return connector.capability(PasswordTarget.class).orElseThrow();
    }

    AccountRehearsal rehearsal() {
        return connector.capability(AccountRehearsal.class).orElseThrow();
    }

    AccountTarget accounts() {
        return connector.capability(AccountTarget.class).orElseThrow();
    }

    static SourceAnchor anchor(String value) {
        return new SourceAnchor(value);
    }

    ItemOutcome.Outcome provision(String anchor, String login, String... aliases)
            throws ConnectorException {
        Account account =
                new Account(anchor(anchor), login, List.of(aliases), login + " X", "", "", "");
        return accounts().provision(List.of(account)).get(0).outcome();
    }

    ItemOutcome.Outcome apply(String anchor, long version, AccountState state, Digest digest)
            throws ConnectorException {
        PasswordUpdate update =
                new PasswordUpdate(
                        anchor(anchor),
                        new ChangeVersion(version, 0),
                        Instant.EPOCH,
                        state,
                        Optional.ofNullable(digest));
        return passwords().apply(List.of(update)).get(0).outcome();
    }

    static Digest pph1(String password) {
        UserPassword clear = UserPassword.owning(password.getBytes(StandardCharsets.UTF_8));
        return HashServices.pph1().digest(List.of(clear)).get(0);
    }

    void turnClock(Duration by) {
        ahead = ahead.plus(by);
    }

    String url() throws IOException {
        return Files.readString(folder.resolve("sign-in.url")).strip();
    }

    HttpResponse<String> signIn(String login, String password) throws Exception {
        return post(
                "{\"login\":\"%s\",\"password\":\"%s\"}"
                        .formatted(escape(login), escape(password)));
    }

    HttpResponse<String> post(String body) throws Exception {
        return post(body, "application/json");
    }

    HttpResponse<String> post(String body, String type, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url()))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url()).resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    @Override
    public void close() {
        connector.close();
        executor.shutdownNow();
    }

    private final class Context implements ConnectorContext {
        @Override
        public ConnectorConfiguration configuration() {
            return new Configuration(parameters);
        }

        @Override
        public Secret accountSecret() throws ConnectorException {
            return Secret.copyOf(secret.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Optional<String> accountName() {
            return Optional.ofNullable(role);
        }

        @Override
        public Path dataFolder() {
            return folder;
        }

        @Override
        public ScheduledExecutorService executor() {
            return executor;
        }

        @Override
        public Clock clock() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return Instant.now().plus(ahead);
                }
            };
        }

        @Override
        public LegacyPolicy legacyPolicy() {
            return HashServices.POLICY;
        }

        @Override
        public PasswordVerifier passwordVerifier() {
            PasswordVerifier verifier = HashServices.verifier();
            return new PasswordVerifier() {
                @Override
                public Set<String> schemes() {
                    return verifier.schemes();
                }

                @Override
                public Optional<String> fault(Digest digest) {
                    return verifier.fault(digest);
                }

                @Override
                public boolean verify(Secret password, Digest digest) {
                    checked.add(digest.scheme());
                    if (refusing) {
                        throw new LegacyRefusedException(LegacyAlgorithm.MD4, "verify", "");
                    }
                    return verifier.verify(password, digest);
                }
            };
        }

        @Override
        public void report(boolean reachable, String text) {
            reports.add(reachable + " " + text);
        }

        @Override
        public void reportFailOver(String from, String to) {
            reports.add(from + " " + to);
        }

        @Override
        public void reportBadRecord(String place, String reason) {
            reports.add(place + " " + reason);
        }
    }

    private record Configuration(Map<String, String> values) implements ConnectorConfiguration {
        @Override
        public String instance() {
            return "cloud";
        }

        @Override
        public Optional<String> text(String parameter) {
            return Optional.ofNullable(values.get(parameter));
        }

        @Override
        public int integer(String parameter) {
            return Integer.parseInt(values.get(parameter));
        }

        @Override
        public boolean flag(String parameter) {
            return Boolean.parseBoolean(values.get(parameter));
        }

        @Override
        public Optional<Path> path(String parameter) {
            return Optional.empty();
        }

        @Override
        public List<String> list(String parameter) {
            return List.of();
        }
    }
}
