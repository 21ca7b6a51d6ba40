/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.Binding;
import io.passbridge.keys.sealed.ValueCipher;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures cycles of the built distribution that write every user anew, alone and beside a throttled
 * {@code keys:rewrap}. See README.md beside this file.
 */
final class BesideCycles {
    private static final int CYCLES = Integer.getInteger("cycles", 5);
    private static final String PASSWORD = "of the benchmark";

    private final Path work;
    private final Path home;
    private final int users;
    private final int values;
    private final SecureRandom random = new SecureRandom();
    private long passwordSet = 1_700_000_000L;

    private BesideCycles(Path work, int users, int values) {
        this.work = work;
        this.home = work.resolve("passbridge");
        this.users = users;
        this.values = values;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 4) {
            System.err.println("usage: java BesideCycles.java DISTRIBUTION USERS VALUES RATE...");
            System.exit(1);
        }
        System.out.printf(
                "%d cores, load %s, Java %s%n",
                Runtime.getRuntime().availableProcessors(),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
                System.getProperty("java.version"));
        Path work = Files.createTempDirectory("passbridge-benchmark");
        BesideCycles benchmark =
                new BesideCycles(
                        work, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        try {
            command(0, "cp", "-a", Path.of(arguments[0]).toString(), benchmark.home.toString());
            benchmark.run(Arrays.asList(arguments).subList(3, arguments.length));
        } finally {
            command(-1, benchmark.home + "/bin/passbridge", "stop");
            delete(work);
        }
    }

    private void run(List<String> rates) throws Exception {
        configure();
        people();
        passbridge("start");
        awaitCycle(0);
        Path key = work.resolve("key.p12");
        Path password = Files.createFile(work.resolve("password"), OWNER_ONLY);
        Files.writeString(password, PASSWORD + "\n");
        exec("keys:exportkey 1 " + key + " --password-file " + password);
        UUID keySet = UUID.fromString(find(exec("keys:status --json"), "keySet\":\"([^\"]+)"));
        passbridge("stop");
        fill(keySet, key);
        passbridge("start");

        cycles(CYCLES, null); // warms up
        report("alone", cycles(CYCLES, null), 0);
        for (String rate : rates) {
            exec("keys:add");
            Process rewrap = start("keys:rewrap --batch 500" + option(rate));
            Instant begin = Instant.now();
            List<Duration> took = cycles(Integer.MAX_VALUE, rewrap);
            if (rewrap.waitFor() != 0) {
                throw new IOException("keys:rewrap ended with " + rewrap.exitValue());
            }
            double seconds = Duration.between(begin, ended).toMillis() / 1e3;
            String what = rate.equals("0") ? "not throttled" : "at " + rate + " a second";
            report("beside a rewrap " + what, took, values / seconds);
        }
        report("alone again", cycles(CYCLES, null), 0);
    }

    private static String option(String rate) {
        return rate.equals("0") ? "" : " --rate " + rate;
    }

    private static final java.nio.file.attribute.FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private Instant ended = Instant.EPOCH;

    /** Cycles one after another: so many, or those that end while the rewrap runs. */
    private List<Duration> cycles(int most, Process rewrap) throws Exception {
        List<Duration> took = new ArrayList<>();
        if (rewrap != null) {
            rewrap.onExit().thenRun(() -> ended = Instant.now());
        }
        while (took.size() < most) {
            long before = latest();
            people();
            Duration cycle = awaitCycle(before);
            if (rewrap != null && !rewrap.isAlive()) {
                break;
            }
            took.add(cycle);
        }
        return took;
    }

    private void report(String what, List<Duration> cycles, double rate) {
        List<Duration> sorted = cycles.stream().sorted().toList();
        if (sorted.isEmpty()) {
            System.out.printf("%-40s no cycle ended meanwhile; take more values%n", what);
            return;
        }
        Duration median = sorted.get(sorted.size() / 2);
        System.out.printf(
                "%-40s %2d cycles of %,d users: %5.1f s (p50), %5.1f s at most; %s%n",
                what,
                sorted.size(),
                users,
                median.toMillis() / 1e3,
                sorted.get(sorted.size() - 1).toMillis() / 1e3,
                rate == 0 ? "-" : String.format("%,.0f values a second", rate));
    }

    /** Everybody has a new password. */
    private void people() throws IOException {
        Path aside = work.resolve("people.new");
        passwordSet++;
        byte[] hash = new byte[16];
        try (Writer out = Files.newBufferedWriter(aside)) {
            for (int i = 0; i < users; i++) {
                random.nextBytes(hash);
                String uid = "u" + i;
                out.write(
                        "dn: uid=%s,dc=example,dc=org%nobjectClass: sambaSamAccount%nuid: %s%n"
                                        .formatted(uid, uid)
                                + "cn: %s%nentryUUID: %s%nsambaNTPassword: %s%n"
                                        .formatted(
                                                uid,
                                                UUID.nameUUIDFromBytes(uid.getBytes()),
                                                HexFormat.of().withUpperCase().formatHex(hash))
                                + "sambaPwdLastSet: %d%n%n".formatted(passwordSet));
            }
        }
        Files.move(aside, work.resolve("people.ldif"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void configure() throws IOException {
        etc(
                "io.passbridge.connector.ldif-people.cfg",
                "path = " + work.resolve("people.ldif"),
                "settleMillis = 100");
        etc("io.passbridge.connector.directory-cloud.cfg", "signInPort = 0");
        etc(
                "io.passbridge.route-people_cloud.cfg",
                "source = people",
                "target = cloud",
                "digest = pph1",
                "accounts = create");
    }

    private void etc(String file, String... lines) throws IOException {
        Files.write(home.resolve("etc").resolve(file), List.of(lines));
    }

    /** Puts sealed values into the store, as those of so many connector instances would be. */
    private void fill(UUID keySet, Path keyFile) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyFile)) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] bytes =
                store.getKey(store.aliases().nextElement(), PASSWORD.toCharArray()).getEncoded();
        ValueCipher cipher = new ValueCipher(new PlatformCryptography());
        String url = "jdbc:h2:file:" + home.resolve("data/store/store");
        try (Secret key = Secret.owning(bytes);
                Secret secret = Secret.ofChars("a usual password".toCharArray());
                Connection connection = DriverManager.getConnection(url, "passbridge", "");
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO account (instance, name, secret, set_ms)"
                                        + " VALUES (?, 'svc', ?, 0)")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < values; i++) {
                String instance = "c" + i;
                Binding binding = new Binding("account", "connector " + instance, "secret");
                insert.setString(1, instance);
                insert.setBytes(2, cipher.seal(keySet, 1, key, secret, binding).toBytes());
                insert.addBatch();
                if (i % 1_000 == 999) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    /** The newest run that wrote everybody: its number, or 0. */
    private long latest() throws Exception {
        Matcher run = runs();
        return run.find() ? Long.parseLong(run.group(1)) : 0;
    }

    private Matcher runs() throws Exception {
        return Pattern.compile(
                        "\"id\":(\\d+),[^}]*\"startedAt\":\"([^\"]+)\",\"endedAt\":\"([^\"]+)\","
                                + "\"result\":\"success\",\"read\":\\d+,\"applied\":"
                                + users
                                + ",")
                .matcher(exec("sync:history --json"));
    }

    private Duration awaitCycle(long before) throws Exception {
        long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (System.nanoTime() < limit) {
            TimeUnit.SECONDS.sleep(2);
            Matcher run = runs();
            if (run.find() && Long.parseLong(run.group(1)) > before) {
                return Duration.between(Instant.parse(run.group(2)), Instant.parse(run.group(3)));
            }
        }
        throw new IOException("no cycle wrote " + users + " users within 10 minutes");
    }

    private static String find(String text, String expression) throws IOException {
        Matcher found = Pattern.compile(expression).matcher(text);
        if (!found.find()) {
            throw new IOException("no " + expression + " in " + text);
        }
        return found.group(1);
    }

    private void passbridge(String verb) throws Exception {
        command(0, home + "/bin/passbridge", verb);
    }

    private String exec(String line) throws Exception {
        return command(0, home + "/bin/passbridge", "exec", line);
    }

    private Process start(String line) throws IOException {
        return new ProcessBuilder(home + "/bin/passbridge", "exec", line)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String command(int expected, String... words) throws Exception {
        Process process =
                new ProcessBuilder(words)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String out = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != expected && expected >= 0) {
            throw new IOException(List.of(words) + " ended with " + process.exitValue() + out);
        }
        return out;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
