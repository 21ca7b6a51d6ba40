/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.CryptographicModule.VerifierInput;
import io.passbridge.hash.fips.BouncyCastleFips;
import io.passbridge.hash.module.PlatformModule;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Digests of 1,000 iterations a second of processor time, on one thread: JDK, ours, bc-fips. */
final class DigestSpeed {
    private static final int ROUNDS = 7;
    private static final byte[] LONG_SALT = new byte[16];
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private interface Work {
        /** Makes digests and says how many. */
        int run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        double warmUpSeconds = Double.parseDouble(arguments[0]);
        byte[] key = new byte[64];
        char[] chars = new char[64];
        for (int i = 0; i < 64; i += 2) {
            key[i] = (byte) "0123456789ABCDEF".charAt(i / 4);
            chars[i] = (char) key[i];
        }
        SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
        measure("JDK PBKDF2WithHmacSHA256", warmUpSeconds / 4, () -> {
            for (int i = 0; i < 500; i++) {
                factory.generateSecret(new PBEKeySpec(chars, salt(i), 1_000, 256)).getEncoded();
            }
            return 500;
        });
        List<VerifierInput> users = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            users.add(new VerifierInput(key, salt(i)));
        }
        byte[] expected =
                factory.generateSecret(new PBEKeySpec(chars, salt(999), 1_000, 256)).getEncoded();
        CryptographicModule platform = new PlatformModule();
        measure("hash, batches of 1,000 users", warmUpSeconds, () ->
                verifiers(platform, users, expected));
        long start = System.nanoTime();
        CryptographicModule fips = new BouncyCastleFips();
        System.out.printf("hash-fips %s after %d ms%n",
                fips.report(true).selfTest(), (System.nanoTime() - start) / 1_000_000);
        measure("hash-fips, batches of 1,000 users", warmUpSeconds / 2, () ->
                verifiers(fips, users, expected));
        measure("hash-fips, its service for keys", warmUpSeconds / 4, () -> {
            for (int i = 0; i < 50; i++) {
                fips.passwordKey("HmacSHA256", key, LONG_SALT, 1_000, 32);
            }
            return 50;
        });
    }

    private static int verifiers(
            CryptographicModule module, List<VerifierInput> users, byte[] expected) {
        byte[][] digests = module.verifiers("HmacSHA256", users, 1_000, 32);
        if (!Arrays.equals(digests[999], expected)) {
            throw new IllegalStateException("a digest is wrong");
        }
        return digests.length;
    }

    private static byte[] salt(int number) {
        return "%010d".formatted(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static void measure(String name, double warmUpSeconds, Work work) throws Exception {
        long begin = THREADS.getCurrentThreadCpuTime();
        while (THREADS.getCurrentThreadCpuTime() - begin < warmUpSeconds * 1e9) {
            work.run();
        }
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            int digests = 0;
            while (THREADS.getCurrentThreadCpuTime() - start < 700_000_000L) {
                digests += work.run();
            }
            rates[round] = digests * 1e9 / (THREADS.getCurrentThreadCpuTime() - start);
        }
        Arrays.sort(rates);
        System.out.printf(
                "%-34s %8.0f/s median  %8.0f/s best%n", name, rates[ROUNDS / 2], rates[ROUNDS - 1]);
    }
}
