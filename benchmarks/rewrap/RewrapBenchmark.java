/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.Protector;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.SealedValueOwner;
import io.passbridge.keys.SealedValues.Order;
import io.passbridge.keys.SealedValues.Progress;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.act.Patience;
import io.passbridge.keys.file.DiskFolder;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.Protectors;
import io.passbridge.keys.keeper.ValueSealing;
import io.passbridge.keys.keyset.LifeCycleService;
import io.passbridge.keys.keyset.Parts;
import io.passbridge.keys.owner.Owners;
import io.passbridge.keys.rewrap.SealedValuesService;
import io.passbridge.keys.sealed.ValueCipher;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Measures the re-encryption of sealed values in an H2 table. See README.md beside this file. */
final class RewrapBenchmark {
    private static final Binding PROBE = new Binding("account", "connector probe", "secret");

    public static void main(String[] arguments) throws Exception {
        int values = Integer.parseInt(arguments[0]);
        boolean one = List.of(arguments).contains("one-transaction");
        Path folder = Files.createTempDirectory("rewrap");
        System.out.printf(
                "%d cores, load %s, Java %s, heap at most %d MiB, %,d values%n",
                Runtime.getRuntime().availableProcessors(),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
                System.getProperty("java.version"),
                Runtime.getRuntime().maxMemory() >> 20,
                values);
        try (Connection connection =
                DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("store"))) {
            new RewrapBenchmark(folder, connection, values).run(one);
        }
    }

    private final Connection connection;
    private final int values;
    private final KeySetKeeper keeper;
    private final ValueSealing sealing;
    private final SealedValuesService service;
    private final LifeCycleService lifeCycle;
    private final Table table;

    private RewrapBenchmark(Path folder, Connection connection, int values) throws Exception {
        this.connection = connection;
        this.values = values;
        Cryptography cryptography = new PlatformCryptography();
        Protectors protectors = new Protectors();
        protectors.add(new Bare());
        KeyEvents events = new KeyEvents(new Patience(Duration.ZERO));
        events.journal(new Silent());
        Owners owners = new Owners(new Patience(Duration.ZERO));
        table = new Table(connection);
        owners.add(table);
        keeper =
                new KeySetKeeper(
                        new KeySetFile(new DiskFolder(folder.resolve("keys")), cryptography),
                        protectors,
                        events,
                        cryptography,
                        Clock.systemUTC(),
                        "bare");
        keeper.unlock(Optional.empty());
        sealing = new ValueSealing(keeper, new ValueCipher(cryptography));
        Parts parts = new Parts(keeper, sealing, owners, events, protectors, () -> {});
        service = SealedValuesService.of(parts);
        lifeCycle = LifeCycleService.of(parts);
    }

    private void run(boolean one) throws Exception {
        fill();
        report("raw AES-256-GCM of the JDK, open and seal", gcm());
        report("seal, open to compare, as each value needs", sealOpenSeal());
        report("raw updates of the table, 1,000 a transaction", updates());
        lifeCycle.add("benchmark", false);
        rewrap("rewrap, 1,000 a transaction", 1_000, 0);
        if (one) {
            lifeCycle.add("benchmark", false);
            rewrap("rewrap, all in one transaction", 0, 0);
        }
    }

    private void fill() throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE account (instance VARCHAR(100) PRIMARY KEY, secret"
                            + " VARBINARY(1000))");
        }
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO account VALUES (?, ?)");
                Secret secret = Secret.owning("a usual password".getBytes(StandardCharsets.UTF_8))) {
            for (int i = 0; i < values; i++) {
                String instance = String.format("c%08d", i);
                insert.setString(1, instance);
                insert.setBytes(2, sealing.seal(secret, binding(instance)).toBytes());
                insert.addBatch();
                if (i % 1_000 == 999) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    private static Binding binding(String instance) {
        return new Binding("account", "connector " + instance, "secret");
    }

    private double gcm() throws Exception {
        SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
        byte[] nonce = new byte[12];
        byte[] text = new byte[32];
        long start = System.nanoTime();
        for (int i = 0; i < values; i++) {
            nonce[0]++;
            nonce[1] = (byte) (i >> 8);
            nonce[2] = (byte) (i >> 16);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            byte[] sealed = cipher.doFinal(text);
            Cipher again = Cipher.getInstance("AES/GCM/NoPadding");
            again.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            text[0] = again.doFinal(sealed)[0];
        }
        return rate(start);
    }

    private double sealOpenSeal() throws Exception {
        try (Secret secret = Secret.owning(new byte[20])) {
            SealedValue value = sealing.seal(secret, PROBE);
            long start = System.nanoTime();
            for (int i = 0; i < values; i++) {
                try (Secret opened = sealing.open(value, PROBE)) {
                    value = sealing.seal(opened, PROBE);
                }
                sealing.open(value, PROBE).close();
            }
            return rate(start);
        }
    }

    private double updates() throws Exception {
        long start = System.nanoTime();
        String after = "";
        List<SealedValueOwner.Item> page;
        do {
            page = table.page(after, 1_000);
            List<SealedValueOwner.Replacement> same = new ArrayList<>();
            for (SealedValueOwner.Item item : page) {
                same.add(new SealedValueOwner.Replacement(item, item.value()));
                after = item.locator();
            }
            table.replace(same);
        } while (page.size() == 1_000);
        return rate(start);
    }

    private void rewrap(String what, int batch, int perSecond) throws Exception {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = System.nanoTime();
        service.rewrap("benchmark", new Order(batch, false, perSecond), Progress.NONE);
        double rate = rate(start);
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            peak += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
        }
        System.out.printf("%-50s %,10.0f values/s, peak heap %d MiB%n", what, rate, peak >> 20);
    }

    private double rate(long start) {
        return values / ((System.nanoTime() - start) / 1e9);
    }

    private static void report(String what, double rate) {
        System.out.printf("%-50s %,10.0f values/s%n", what, rate);
    }

    /** The same statements as the store's. */
    private record Table(Connection connection) implements SealedValueOwner {
        @Override
        public String name() {
            return "account secrets";
        }

        @Override
        public List<Item> page(String after, int limit) throws KeyException {
            try (PreparedStatement select =
                    connection.prepareStatement(
                            "SELECT instance, secret FROM account WHERE instance > ? ORDER BY"
                                    + " instance FETCH FIRST ? ROWS ONLY")) {
                select.setString(1, after);
                select.setInt(2, limit);
                List<Item> items = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        String instance = rows.getString(1);
                        items.add(
                                new Item(
                                        instance,
                                        binding(instance),
                                        SealedValue.of(rows.getBytes(2))));
                    }
                }
                return items;
            } catch (SQLException e) {
                throw new KeyException(KeyException.Kind.IO, e.getMessage(), e);
            }
        }

        @Override
        public int replace(List<Replacement> replacements) throws KeyException {
            try (PreparedStatement update =
                    connection.prepareStatement(
                            "UPDATE account SET secret = ? WHERE instance = ? AND secret = ?")) {
                int done = 0;
                for (Replacement replacement : replacements) {
                    update.setBytes(1, replacement.value().toBytes());
                    update.setString(2, replacement.item().locator());
                    update.setBytes(3, replacement.item().value().toBytes());
                    done += update.executeUpdate();
                }
                connection.commit();
                return done;
            } catch (SQLException e) {
                throw new KeyException(KeyException.Kind.IO, e.getMessage(), e);
            }
        }
    }

    /** Protects nothing; the protection is not measured. */
    private static final class Bare implements Protector {
        @Override
        public String name() {
            return "bare";
        }

        @Override
        public Readiness readiness() {
            return Readiness.yes("always");
        }

        @Override
        public void provision() {
            // nothing is needed
        }

        @Override
        public byte[] protect(Secret root, String keySetId, Optional<Secret> password) {
            return root.toBytes();
        }

        @Override
        public Secret open(byte[] root, String keySetId, Optional<Secret> password) {
            return Secret.copyOf(root);
        }
    }

    /** Keeps nothing. */
    private static final class Silent implements Journal {
        @Override
        public long record(EventType type, String subject, Map<Fact, String> facts) {
            type.require(facts.keySet());
            return 0;
        }

        @Override
        public List<JournalRecord> list(JournalFilter filter, int limit) {
            return List.of();
        }

        @Override
        public List<JournalRecord> after(long sequence, int limit) {
            return List.of();
        }

        @Override
        public Verification verify() {
            return new Verification(0, -1, "nothing");
        }
    }
}
