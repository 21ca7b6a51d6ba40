/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import io.passbridge.hash.pbkdf2.HmacHash;
import io.passbridge.hash.pbkdf2.Pbkdf2;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * yescrypt by Alexander Peslyak in its usual flavour (read-write, six rounds of pwxform over
 * S-boxes of 12 KiB), without a ROM: sequential memory-hard hashing that grew out of scrypt. Names
 * of steps are those of the specification.
 */
final class Yescrypt {
    private static final int HASH = 32;
    private static final byte[] PREHASH = ascii("yescrypt-prehash");
    private static final byte[] FINAL = ascii("yescrypt");

    private final int n;
    private final int r;
    private final int p;
    private final int t;
    private final int[] memory;

    /**
     * @param n cost, a power of two, at least 2 for each of {@code p}
     * @param r size of a block in units of 128 bytes, at least 1
     * @param p parallelism, at least 1
     * @param t additional time, not negative
     */
    Yescrypt(int n, int r, int p, int t) {
        this.n = n;
        this.r = r;
        this.p = p;
        this.t = t;
        this.memory = new int[32 * r * n];
    }

    /**
     * The hash of a password, 32 bytes.
     *
     * @param password stays the caller's to wipe
     */
    byte[] hash(byte[] password, byte[] salt) {
        byte[] first = null;
        try {
            boolean large = n / p >= 0x100 && (long) (n / p) * r >= 0x20000;
            if (large) {
                first = pass(PREHASH, password, salt, n >>> 6, 0);
            }
            byte[] derived = pass(FINAL, large ? first : password, salt, n, t);
            byte[] client = mac(derived, ascii("Client Key"));
            Arrays.fill(derived, (byte) 0);
            return MessageDigest.getInstance("SHA-256").digest(client);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        } finally {
            Arrays.fill(memory, 0);
            if (first != null) {
                Arrays.fill(first, (byte) 0);
            }
        }
    }

    private byte[] pass(byte[] purpose, byte[] password, byte[] salt, int cost, int time)
            throws GeneralSecurityException {
        byte[] key = mac(purpose, password);
        byte[] blocks = Pbkdf2.derive(HmacHash.SHA_256, key, salt, 1, 128 * r * p);
        byte[] secret = Arrays.copyOf(blocks, HASH);
        secret = mix(blocks, secret, cost, time);
        byte[] derived = Pbkdf2.derive(HmacHash.SHA_256, secret, blocks, 1, HASH);
        Arrays.fill(key, (byte) 0);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(blocks, (byte) 0);
        return derived;
    }

    /** SMix over all blocks in place; the password's key changes on the way. */
    private byte[] mix(byte[] blocks, byte[] secret, int cost, int time)
            throws GeneralSecurityException {
        int words = 32 * r;
        int chunk = cost / p;
        long all = loops(chunk, time);
        long writing = evenAbove(all / p);
        all = evenAbove(all);
        chunk &= ~1;
        byte[] key = secret;
        int[][] x = new int[p][];
        PwxForm[] forms = new PwxForm[p];
        for (int i = 0; i < p; i++) {
            ByteBuffer block = ByteBuffer.wrap(blocks, 128 * r * i, 128 * r).slice();
            forms[i] = PwxForm.of(block);
            if (i == 0) {
                byte[] last = new byte[64];
                block.get(128 * r - 64, last);
                key = mac(last, secret);
            }
            int from = i * chunk;
            int size = i < p - 1 ? chunk : cost - from;
            x[i] = shuffled(block);
            fill(x[i], forms[i], from * words, size);
            walk(x[i], forms[i], from * words, Integer.highestOneBit(size), writing, true);
        }
        for (int i = 0; i < p; i++) {
            walk(x[i], forms[i], 0, cost, all - writing, false);
            ByteBuffer block = ByteBuffer.wrap(blocks, 128 * r * i, 128 * r).slice();
            unshuffle(x[i], block);
            Arrays.fill(x[i], 0);
        }
        return key;
    }

    private static long loops(long chunk, int time) {
        return switch (time) {
            case 0 -> (chunk + 2) / 3;
            case 1 -> (2 * chunk + 2) / 3;
            default -> chunk * (time - 1);
        };
    }

    private static long evenAbove(long number) {
        return number + 1 & ~1L;
    }

    /** SMix1: fills the memory, and reads back what is there already. */
    private void fill(int[] x, PwxForm form, int from, int size) {
        for (int i = 0; i < size; i++) {
            System.arraycopy(x, 0, memory, from + i * x.length, x.length);
            if (i > 1) {
                int power = Integer.highestOneBit(i);
                int j = (x[x.length - 16] & power - 1) + (i - power);
                xor(x, from + j * x.length);
            }
            form.mix(x);
        }
    }

    /** SMix2: reads the memory at places that the data decide, and writes there if told to. */
    private void walk(int[] x, PwxForm form, int from, int size, long loops, boolean write) {
        for (long i = 0; i < loops; i++) {
            int at = from + (x[x.length - 16] & size - 1) * x.length;
            xor(x, at);
            if (write) {
                System.arraycopy(x, 0, memory, at, x.length);
            }
            form.mix(x);
        }
    }

    private void xor(int[] x, int at) {
        for (int k = 0; k < x.length; k++) {
            x[k] ^= memory[at + k];
        }
    }

    /** Words in the order in which vector instructions take them. */
    static int[] shuffled(ByteBuffer block) {
        int[] x = new int[block.capacity() / 4];
        ByteBuffer little = block.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < x.length; i++) {
            x[i] = little.getInt(4 * ((i & ~15) + (i * 5 & 15)));
        }
        return x;
    }

    static void unshuffle(int[] x, ByteBuffer block) {
        ByteBuffer little = block.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < x.length; i++) {
            little.putInt(4 * ((i & ~15) + (i * 5 & 15)), x[i]);
        }
    }

    private static byte[] mac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
