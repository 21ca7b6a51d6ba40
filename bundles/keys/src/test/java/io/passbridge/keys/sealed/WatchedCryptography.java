/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.Cryptography;
import io.passbridge.crypto.FipsReport;
import io.passbridge.hash.module.PlatformCryptography;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;

/** The Java platform's cryptography, with a hold of the very arrays that its ciphers work on. */
public final class WatchedCryptography implements Cryptography {
    private final Cryptography platform = new PlatformCryptography();
    private final List<byte[]> plaintexts = new ArrayList<>();

    /** Asserts that so many plain texts went in or came out, and that each of them was wiped. */
    public void assertWiped(int number) {
        assertThat(plaintexts).hasSize(number);
        assertThat(plaintexts).allSatisfy(bytes -> assertThat(bytes).containsOnly(0));
    }

    @Override
    public CryptographicModule module() {
        return (CryptographicModule)
                Proxy.newProxyInstance(
                        CryptographicModule.class.getClassLoader(),
                        new Class<?>[] {CryptographicModule.class},
                        (proxy, method, arguments) -> {
                            try {
                                Object result = method.invoke(platform.module(), arguments);
                                return result instanceof Cipher cipher ? watched(cipher) : result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    @Override
    public SecureRandom random() {
        return platform.random();
    }

    @Override
    public FipsReport report(boolean selfTest) {
        return platform.report(selfTest);
    }

    private Cipher watched(Cipher cipher) {
        return new Cipher(new Watch(cipher), cipher.getProvider(), cipher.getAlgorithm()) {};
    }

    private final class Watch extends CipherSpi {
        private final Cipher cipher;
        private boolean encrypting;

        private Watch(Cipher cipher) {
            this.cipher = cipher;
        }

        @Override
        protected byte[] engineDoFinal(byte[] input, int from, int length)
                throws IllegalBlockSizeException, BadPaddingException {
            byte[] output = cipher.doFinal(input, from, length);
            plaintexts.add(encrypting ? input : output);
            return output;
        }

        @Override
        protected void engineInit(
                int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            encrypting = mode == Cipher.ENCRYPT_MODE;
            cipher.init(mode, key, parameters);
        }

        @Override
        protected void engineUpdateAAD(byte[] associated, int from, int length) {
            cipher.updateAAD(associated, from, length);
        }

        @Override
        protected void engineInit(int mode, Key key, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineInit(
                int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte[] engineUpdate(byte[] input, int from, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected int engineUpdate(byte[] input, int from, int length, byte[] output, int at) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected int engineDoFinal(byte[] input, int from, int length, byte[] output, int at) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineSetMode(String mode) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineSetPadding(String padding) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected int engineGetBlockSize() {
            return cipher.getBlockSize();
        }

        @Override
        protected int engineGetOutputSize(int length) {
            return cipher.getOutputSize(length);
        }

        @Override
        protected byte[] engineGetIV() {
            return cipher.getIV();
        }

        @Override
        protected AlgorithmParameters engineGetParameters() {
            return cipher.getParameters();
        }
    }
}
