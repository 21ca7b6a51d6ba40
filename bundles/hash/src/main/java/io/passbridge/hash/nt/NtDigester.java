/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.nt;

import io.passbridge.credential.Digest;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import io.passbridge.crypto.CryptographicModule.VerifierInput;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.legacy.NtDerivation;
import io.passbridge.hash.pbkdf2.HmacHash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code pph1} and {@code pph2} have in common: salts, batches, speed. Thread-safe. */
final class NtDigester {
    private final NtForm form;
    private final int iterations;
    private final NtDerivation derivation;
    private final Cryptography cryptography;
    private final Speed speed;

    NtDigester(NtForm form, int iterations, NtDerivation derivation, Cryptography cryptography) {
        this.form = form;
        this.iterations = iterations;
        this.derivation = derivation;
        this.cryptography = cryptography;
        this.speed = new Speed(iterations, cryptography);
    }

    /**
     * An NT hash always; a clear-text password of a directory if it is text and the policy permits
     * MD4; nothing else, since no other scheme can be turned into an NT hash.
     */
    boolean accepts(SourceCredential credential) {
        if (credential instanceof UserPassword password) {
            return password.scheme().equals(UserPassword.CLEARTEXT)
                    && derivation.permitted(NtDerivation.CLEARTEXT)
                    && password.value().use(NtDigester::isText);
        }
        return true;
    }

    List<Digest> digest(List<? extends SourceCredential> credentials) {
        List<VerifierInput> inputs = new ArrayList<>(credentials.size());
        try {
            for (SourceCredential credential : credentials) {
                byte[] salt = new byte[form.salt()];
                cryptography.random().nextBytes(salt);
                inputs.add(new VerifierInput(key(credential), salt));
            }
            long start = System.nanoTime();
            byte[][] hashes =
                    cryptography
                            .module()
                            .verifiers(
                                    HmacHash.SHA_256.mac(),
                                    inputs,
                                    iterations,
                                    HmacHash.SHA_256.length());
            speed.ran(hashes.length, System.nanoTime() - start);
            List<Digest> digests = new ArrayList<>(hashes.length);
            for (int i = 0; i < hashes.length; i++) {
                NtDigest digest = new NtDigest(form, inputs.get(i).salt(), iterations, hashes[i]);
                digests.add(new Digest(form.scheme(), digest.encode()));
            }
            return digests;
        } finally {
            inputs.forEach(input -> Arrays.fill(input.password(), (byte) 0));
        }
    }

    /** Makes each digest again; those of one cost side by side. */
    List<Boolean> match(List<? extends SourceCredential> credentials, List<Digest> digests) {
        Boolean[] same = new Boolean[digests.size()];
        Map<Integer, List<Integer>> byCost = new TreeMap<>();
        List<NtDigest> held = new ArrayList<>(digests.size());
        for (int i = 0; i < digests.size(); i++) {
            try {
                held.add(NtDigest.parse(digests.get(i)));
                byCost.computeIfAbsent(held.get(i).iterations(), cost -> new ArrayList<>()).add(i);
            } catch (IllegalArgumentException malformed) {
                held.add(null);
                same[i] = false;
            }
        }
        for (Map.Entry<Integer, List<Integer>> group : byCost.entrySet()) {
            List<VerifierInput> inputs = new ArrayList<>(group.getValue().size());
            byte[][] remade = {};
            try {
                for (int i : group.getValue()) {
                    inputs.add(new VerifierInput(key(credentials.get(i)), held.get(i).salt()));
                }
                remade =
                        cryptography
                                .module()
                                .verifiers(
                                        HmacHash.SHA_256.mac(),
                                        inputs,
                                        group.getKey(),
                                        HmacHash.SHA_256.length());
                for (int n = 0; n < remade.length; n++) {
                    int i = group.getValue().get(n);
                    same[i] = MessageDigest.isEqual(remade[n], held.get(i).hash());
                }
            } finally {
                inputs.forEach(input -> Arrays.fill(input.password(), (byte) 0));
                Arrays.stream(remade).forEach(hash -> Arrays.fill(hash, (byte) 0));
            }
        }
        return List.of(same);
    }

    double digestsPerSecond() {
        return speed.perSecond();
    }

    private byte[] key(SourceCredential credential) {
        if (credential instanceof NtHash hash) {
            return hash.secret().use(NtKey::of);
        }
        UserPassword password = (UserPassword) credential;
        if (!password.scheme().equals(UserPassword.CLEARTEXT)) {
            throw new IllegalArgumentException(
                    form.scheme() + " cannot digest a credential of scheme " + password.scheme());
        }
        char[] chars = password.value().toChars();
        byte[] hash = derivation.ntHash(chars, NtDerivation.CLEARTEXT);
        try {
            return NtKey.of(hash);
        } finally {
            Arrays.fill(chars, '\0');
            Arrays.fill(hash, (byte) 0);
        }
    }

    private static boolean isText(byte[] bytes) {
        try {
            // a CharsetDecoder reports malformed input, other ways of decoding replace it
            var chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            Arrays.fill(chars.array(), '\0');
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
