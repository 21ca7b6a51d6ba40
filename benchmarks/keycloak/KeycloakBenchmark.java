/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Passwords a second into one running Keycloak: by the batch endpoint of our provider, by Keycloak's
 * partialImport and by one PUT a user, in turn. See README.md beside this file.
 */
final class KeycloakBenchmark {
    private static final int BATCH = 100;

    /** What Keycloak gives to users who are made in another way, and partialImport does not. */
    private static final String DEFAULT_ROLES = "\"realmRoles\":[\"default-roles-bench\"],";

    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final String DIGEST =
            "317ee9d1dec6508fa510,1000,f4a257ffec53809081a605ce8ddedfbc9df9777b80256763bc0a6dd895ef404f";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final int users;
    private final ProcessHandle server;
    private final List<String> ids = new ArrayList<>();
    private int version;
    private int imported;

    private KeycloakBenchmark(String url, int users, long pid) {
        this.url = url;
        this.users = users;
        ProcessHandle script = ProcessHandle.of(pid).orElseThrow();
        this.server = script.descendants().findFirst().orElse(script);
    }

    public static void main(String[] arguments) throws Exception {
        new KeycloakBenchmark(
                        arguments[0], Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]))
                .run();
    }

    private void run() throws Exception {
        send("POST", "", "{\"realm\":\"bench\",\"enabled\":true,\"sslRequired\":\"none\"}");
        // otherwise Keycloak drops the anchor without a word
        String profile = send("GET", "/bench/users/profile", "");
        send(
                "PUT",
                "/bench/users/profile",
                "{\"unmanagedAttributePolicy\":\"ADMIN_EDIT\"," + profile.substring(1));
        // compiles the server's code, and makes the users that get passwords below
        imports(1, "");
        Matcher id =
                Pattern.compile("\"id\":\"([^\"]+)\"")
                        .matcher(send("GET", "/bench/users?max=" + users + "&briefRepresentation=true", ""));
        while (id.find() && ids.size() < users) {
            ids.add(id.group(1));
        }
        batches(1);
        for (int round = 1; round <= ROUNDS; round++) {
            report("batch endpoint, 1 connection", users, () -> batches(1));
            report("batch endpoint, 2 connections", users, () -> batches(2));
            report("new users by the batch endpoint", users, () -> made(2, false));
            report("new users with passwords by it", users, () -> made(2, true));
            report("partialImport, 100 a request", users, () -> imports(1, ""));
            report("partialImport, 2 connections", users, () -> imports(2, ""));
            report("the same with default roles", users, () -> imports(2, DEFAULT_ROLES));
            int some = Math.min(users, 500);
            report("new users by POST, 1 connection", some, () -> posts(some, 1));
            report("new users by POST, 4 connections", some, () -> posts(some, 4));
            report("PUT, 1 connection", some, () -> puts(some, 1));
            report("PUT, 4 connections", some, () -> puts(some, 4));
            report("partialImport OVERWRITE, 100 a request", 200, () -> overwrite(200));
        }
    }

    private void report(String what, int count, Callable<?> work) throws Exception {
        long began = System.nanoTime();
        long cpu = cpuMicros();
        work.call();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-42s %6.0f users/s %8d us of processor a user%n",
                what,
                count / seconds,
                (cpuMicros() - cpu) / count);
    }

    /** Of Keycloak with its database; it hardly depends on what else runs on the machine. */
    private long cpuMicros() {
        return server.info().totalCpuDuration().orElseThrow().toNanos() / 1_000;
    }

    /** One new version for everybody. */
    private Void batches(int connections) throws Exception {
        version++;
        int parts = (users + BATCH - 1) / BATCH;
        return parallel(
                parts,
                connections,
                part -> {
                    String items =
                            ids.subList(part * BATCH, Math.min(users, (part + 1) * BATCH)).stream()
                                    .map(this::item)
                                    .collect(Collectors.joining(","));
                    String answer =
                            send("POST", "/bench/passbridge/passwords", "{\"items\":[" + items + "]}");
                    applied(answer, Math.min(users, (part + 1) * BATCH) - part * BATCH);
                });
    }

    /** As the connector makes them: users first, then their passwords. */
    private Void made(int connections, boolean withPasswords) throws Exception {
        int first = imported;
        imported += users;
        int parts = (users + BATCH - 1) / BATCH;
        String[] answers = new String[parts];
        parallel(
                parts,
                connections,
                part -> {
                    int from = first + part * BATCH;
                    int to = Math.min(first + users, from + BATCH);
                    String items =
                            IntStream.range(from, to)
                                    .mapToObj(KeycloakBenchmark::account)
                                    .collect(Collectors.joining(","));
                    answers[part] =
                            send(
                                    "POST",
                                    "/bench/passbridge/users",
                                    "{\"anchorAttribute\":\"sourceAnchor\",\"create\":true,\"items\":["
                                            + items
                                            + "]}");
                    applied(answers[part], to - from);
                });
        if (!withPasswords) {
            return null;
        }
        version++;
        return parallel(
                parts,
                connections,
                part -> {
                    String items =
                            Pattern.compile("\"id\":\"([^\"]+)\"")
                                    .matcher(answers[part])
                                    .results()
                                    .map(id -> item(id.group(1)))
                                    .collect(Collectors.joining(","));
                    applied(
                            send("POST", "/bench/passbridge/passwords", "{\"items\":[" + items + "]}"),
                            Math.min(users, (part + 1) * BATCH) - part * BATCH);
                });
    }

    private static void applied(String answer, long wanted) {
        long applied = Arrays.stream(answer.split("\"applied\"", -1)).count() - 1;
        if (applied != wanted) {
            throw new IllegalStateException("only " + applied + " were applied");
        }
    }

    private static String account(int i) {
        return "{\"anchor\":\"anchor%1$d\",\"username\":\"user%1$d\",\"email\":\"user%1$d@example.org\",\"firstName\":\"A\",\"lastName\":\"B\"}"
                .formatted(i);
    }

    private Void imports(int connections, String more) throws Exception {
        int first = imported;
        imported += users;
        return parallel(
                (users + BATCH - 1) / BATCH,
                connections,
                part -> {
                    int from = first + part * BATCH;
                    importUsers(from, Math.min(BATCH, first + users - from), "FAIL", more);
                });
    }

    private Void posts(int count, int connections) throws Exception {
        int first = imported;
        imported += count;
        return parallel(count, connections, i -> send("POST", "/bench/users", user(first + i, "")));
    }

    private static String user(int i, String more) {
        return "{%3$s\"username\":\"user%1$d\",\"enabled\":true,\"email\":\"user%1$d@example.org\",\"firstName\":\"A\",\"lastName\":\"B\",\"attributes\":{\"sourceAnchor\":[\"anchor%1$d\"]},\"credentials\":[%2$s]}"
                .formatted(i, credential(), more);
    }

    private String item(String id) {
        return "{\"id\":\"%s\",\"version\":\"0.%d\",\"changedAt\":%d,\"scheme\":\"pph1\",\"value\":\"v1;PPH1_MD4,%s;\",\"state\":{\"enabled\":true,\"mustChange\":false}}"
                .formatted(id, version, System.currentTimeMillis(), DIGEST);
    }

    private Void puts(int count, int connections) throws Exception {
        return parallel(
                count,
                connections,
                i -> send("PUT", "/bench/users/" + ids.get(i), "{\"credentials\":[" + credential() + "]}"));
    }

    private Void overwrite(int count) throws Exception {
        for (int done = 0; done < count; done += BATCH) {
            importUsers(imported - count + done, BATCH, "OVERWRITE", "");
        }
        return null;
    }

    private void importUsers(int first, int count, String ifThere, String more)
            throws Exception {
        String list =
                IntStream.range(first, first + count)
                        .mapToObj(i -> user(i, more))
                        .collect(Collectors.joining(","));
        send(
                "POST",
                "/bench/partialImport",
                "{\"ifResourceExists\":\"" + ifThere + "\",\"users\":[" + list + "]}");
    }

    private static String credential() {
        return "{\"type\":\"password\",\"secretData\":\"{\\\"value\\\":\\\"v1;PPH1_MD4,%s;\\\",\\\"salt\\\":\\\"\\\"}\",\"credentialData\":\"{\\\"hashIterations\\\":0,\\\"algorithm\\\":\\\"pph1\\\"}\"}"
                .formatted(DIGEST);
    }

    @FunctionalInterface
    private interface Part {
        void send(int number) throws Exception;
    }

    private static Void parallel(int parts, int connections, Part part) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<?>> pending = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                int number = i;
                pending.add(
                        threads.submit(
                                () -> {
                                    part.send(number);
                                    return null;
                                }));
            }
            for (Future<?> one : pending) {
                one.get();
            }
            return null;
        } finally {
            threads.shutdown();
        }
    }

    private String token;
    private long renewAt;

    private synchronized String token() throws Exception {
        if (System.nanoTime() - renewAt >= 0 || token == null) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(url + "/realms/master/protocol/openid-connect/token"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "grant_type=password&client_id=admin-cli&username=admin&password=admin"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            Matcher found = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(answer.body());
            found.find();
            token = found.group(1);
            renewAt = System.nanoTime() + 30_000_000_000L;
        }
        return token;
    }

    private String send(String method, String path, String body) throws Exception {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(url + "/admin/realms" + path))
                                .header("Authorization", "Bearer " + token())
                                .header("Content-Type", "application/json")
                                .method(
                                        method,
                                        body.isEmpty()
                                                ? HttpRequest.BodyPublishers.noBody()
                                                : HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
