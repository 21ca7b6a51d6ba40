/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures the built distribution as a whole: the first full cycle from an LDIF file to the embedded
 * directory with pph1, a cycle that finds nothing to do, and the time from a change in the file to a
 * good sign-in. See README.md beside this file.
 */
final class CycleBenchmark {
    private static final int IDLE_CYCLES = 20;
    private static final int BACKGROUND_SECONDS = 10;
    private static final int TIMED_CHANGES = Integer.getInteger("changes", 20);
    private static final Pattern READY = Pattern.compile("process (\\d+)");

    private final Path home;
    private final Path people;
    private final int users;
    private final HttpClient http = HttpClient.newHttpClient();
    private long pid;

    private CycleBenchmark(Path home, Path people, int users) {
        this.home = home;
        this.people = people;
        this.users = users;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("usage: java CycleBenchmark.java DISTRIBUTION USERS...");
            System.exit(1);
        }
        Path built = Path.of(arguments[0]).toAbsolutePath();
        System.out.printf(
                "%d cores, load %s, Java %s, heap 512 MiB at most%n",
                Runtime.getRuntime().availableProcessors(),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
                System.getProperty("java.version"));
        for (String number : Arrays.asList(arguments).subList(1, arguments.length)) {
            measure(built, Integer.parseInt(number));
        }
    }

    private static void measure(Path built, int users) throws Exception {
        Path work = Files.createTempDirectory("passbridge-benchmark");
        try {
            Path home = work.resolve("passbridge");
            command(List.of("cp", "-a", built.toString(), home.toString()), work);
            Path people = generate(home, work, users);
            CycleBenchmark benchmark = new CycleBenchmark(home, people, users);
            benchmark.configure();
            try {
                benchmark.firstCycle();
                benchmark.idleCycles();
                benchmark.changes();
                benchmark.heap();
            } finally {
                benchmark.passbridge("stop");
            }
        } finally {
            delete(work);
        }
    }

    private static Path generate(Path home, Path work, int users) throws Exception {
        String classes;
        try (Stream<Path> jars = Files.walk(home)) {
            classes =
                    String.join(
                            ":",
                            jars.map(Path::toString)
                                    .filter(
                                            jar ->
                                                    jar.endsWith("passbridge-sample.jar")
                                                            || jar.matches(".*bcprov.*\\.jar"))
                                    .toList());
        }
        Path folder = work.resolve("people");
        command(
                List.of(
                        "java",
                        "-cp",
                        classes,
                        "io.passbridge.sample.SamplePeople",
                        "--out",
                        folder.toString(),
                        "--people",
                        "" + users),
                work);
        return folder.resolve("people.ldif");
    }

    private void configure() throws IOException {
        Path etc = home.resolve("etc");
        Files.write(
                etc.resolve("jvm.options"),
                List.of("-Xmx512m", "-Xlog:gc:file=" + home.resolve("gc.log")));
        Files.write(
                etc.resolve("io.passbridge.connector.ldif-people.cfg"),
                List.of("path = " + people, "settleMillis = 100"));
        Files.write(
                etc.resolve("io.passbridge.connector.directory-cloud.cfg"),
                List.of("signInPort = 0"));
        Files.write(
                etc.resolve("io.passbridge.route-people_cloud.cfg"),
                List.of(
                        "source = people",
                        "target = cloud",
                        "digest = pph1",
                        "accounts = create",
                        "passThrough = *"));
    }

    private void firstCycle() throws Exception {
        Matcher ready = READY.matcher(passbridge("start"));
        if (!ready.find()) {
            throw new IllegalStateException("the platform did not start");
        }
        pid = Long.parseLong(ready.group(1));
        String full = "";
        while (full.isEmpty()) {
            TimeUnit.SECONDS.sleep(1);
            full =
                    passbridge("exec", "sync:history --json")
                            .lines()
                            .filter(run -> run.contains("\"full\":true"))
                            .filter(run -> run.matches(".*\"result\":\"(success|partly)\".*"))
                            .findFirst()
                            .orElse("");
        }
        double seconds = seconds(full);
        double cpu = cpuSeconds();
        System.out.printf(
                "%,9d users: first cycle %,.1f s, %,.0f users/s; %.0f s of processor time since the"
                        + " start, %.0f µs a user%n",
                users, seconds, users / seconds, cpu, cpu / users * 1e6);
    }

    private void idleCycles() throws Exception {
        double[] millis = new double[IDLE_CYCLES];
        double before = cpuSeconds();
        TimeUnit.SECONDS.sleep(BACKGROUND_SECONDS);
        double background = (cpuSeconds() - before) / BACKGROUND_SECONDS;
        before = cpuSeconds();
        long start = System.nanoTime();
        for (int i = 0; i < IDLE_CYCLES; i++) {
            millis[i] = seconds(passbridge("exec", "sync:run --json")) * 1000;
        }
        double wall = (System.nanoTime() - start) / 1e9;
        double cpu = (cpuSeconds() - before) / IDLE_CYCLES * 1000;
        Arrays.sort(millis);
        System.out.printf(
                "%,9d users: idle cycle p50 %.0f ms, longest %.0f ms; %.0f ms of processor time"
                        + " with the command, which takes %.0f ms; without one %.0f ms a second%n",
                users,
                millis[IDLE_CYCLES / 2],
                millis[IDLE_CYCLES - 1],
                cpu,
                wall / IDLE_CYCLES * 1000,
                background * 1000);
    }

    /** Appends ready-made changes of one user in turn and asks for a sign-in until it is good. */
    private void changes() throws Exception {
        URI uri =
                URI.create(
                        Files.readString(home.resolve("data/connectors/cloud/sign-in.url")).strip());
        List<Long> millis = new ArrayList<>();
        for (int i = 1; i <= TIMED_CHANGES; i++) {
            String password = "Changed-" + i;
            Instant start = Instant.now();
            Files.writeString(people, change(i, password), StandardOpenOption.APPEND);
            while (!signsIn(uri, "frank", password, i)) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            millis.add(Duration.between(start, Instant.now()).toMillis());
        }
        millis.sort(null);
        System.out.printf(
                "%,9d users: change in the file to a good sign-in p50 %d ms, longest %d ms, of %d"
                        + " changes%n",
                users, millis.get(millis.size() / 2), millis.get(millis.size() - 1), TIMED_CHANGES);
    }

    private String change(int number, String password) throws IOException {
        String dn = "";
        try (Stream<String> lines = Files.lines(people)) {
            dn = lines.filter(line -> line.startsWith("dn: uid=frank,")).findFirst().orElseThrow();
        }
        return """
                %s
                changetype: modify
                replace: userPassword
                userPassword: {SSHA512}%s
                -
                replace: modifyTimestamp
                modifyTimestamp: 2030010100%02d%02dZ
                -

                """
                .formatted(dn, saltedSha512(password), number / 60, number % 60);
    }

    private static String saltedSha512(String password) {
        try {
            java.security.MessageDigest sha = java.security.MessageDigest.getInstance("SHA-512");
            byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8};
            sha.update(password.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            byte[] hash = sha.digest(salt);
            byte[] value = Arrays.copyOf(hash, hash.length + salt.length);
            System.arraycopy(salt, 0, value, hash.length, salt.length);
            return java.util.Base64.getEncoder().encodeToString(value);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each change asks as a client of its own, so that the directory does not slow it down. */
    private boolean signsIn(URI uri, String login, String password, int client) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"login\":\"%s\",\"password\":\"%s\",\"client\":\"c%d\"}"
                                                .formatted(login, password, client)))
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    private void heap() throws IOException {
        Pattern sizes = Pattern.compile("(\\d+)M->(\\d+)M\\(");
        long peak = 0;
        long live = 0;
        for (String line : Files.readAllLines(home.resolve("gc.log"))) {
            Matcher size = sizes.matcher(line);
            if (size.find()) {
                peak = Math.max(peak, Long.parseLong(size.group(1)));
                live = Math.max(live, Long.parseLong(size.group(2)));
            }
        }
        System.out.printf(
                "%,9d users: heap at most %d MiB before and %d MiB after a collection%n",
                users, peak, live);
    }

    private static double seconds(String run) {
        Matcher start = Pattern.compile("\"startedAt\":\"([^\"]+)\"").matcher(run);
        Matcher end = Pattern.compile("\"endedAt\":\"([^\"]+)\"").matcher(run);
        if (!start.find() || !end.find()) {
            throw new IllegalStateException("not a run that has ended: " + run);
        }
        return Duration.between(Instant.parse(start.group(1)), Instant.parse(end.group(1)))
                        .toNanos()
                / 1e9;
    }

    private double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    private String passbridge(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(home.resolve("bin/passbridge").toString()));
        line.addAll(List.of(arguments));
        return command(line, home);
    }

    private static String command(List<String> line, Path folder) throws Exception {
        Path out = Files.createTempFile("benchmark", ".out");
        try {
            Process process =
                    new ProcessBuilder(line)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start();
            process.getOutputStream().close();
            process.waitFor();
            return Files.readString(out);
        } finally {
            Files.delete(out);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
