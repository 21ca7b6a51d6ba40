/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AuthProvider;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@Tag("softhsm")
@EnabledIf(
        value = "io.passbridge.keystore.pkcs11.SoftHsm#isInstalled",
        disabledReason = "NO SOFTHSM: the library is not installed, nothing was tested on a token")
class Pkcs11ProtectorTest {
    private static final String SET = "5b1f0c1e-1111-4222-8333-444455556666";
    private static String slot;
    private static String other;

    @TempDir Path etc;

    @BeforeAll
    static void tokens() throws Exception {
        slot = SoftHsm.token("passbridge");
        other = SoftHsm.token("other");
    }

    private Pkcs11Protector protector(String slotId, String label) {
        return new Pkcs11Protector(
                new Token(SoftHsm.LIBRARY.toString(), TokenChoice.of("", slotId)),
                label,
                PinFile.of("", etc.toString(), null),
                new SecureRandom());
    }

    private Path pin(String pin) throws Exception {
        Path file = etc.resolve("pkcs11.pin");
        Files.writeString(file, pin + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static Secret root() {
        byte[] root = new byte[32];
        for (int i = 0; i < root.length; i++) {
            root[i] = (byte) (i * 7);
        }
        return Secret.owning(root);
    }

    private static KeyException refused(ThrowingCall call) {
        KeyException[] refusal = new KeyException[1];
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(call::run)
                .satisfies(e -> refusal[0] = e);
        return refusal[0];
    }

    @FunctionalInterface
    private interface ThrowingCall {
        void run() throws Exception;
    }

    @Test
    void protect_thenOpen_givesTheRootBack() throws Exception {
        pin(SoftHsm.PIN);
        Pkcs11Protector protector = protector(slot, "round trip");
        protector.provision();
        byte[] wrapped = protector.protect(root(), SET, Optional.empty());
        try (Secret opened =
                protector(slot, "another label").open(wrapped, SET, Optional.empty())) {
            assertThat(opened.sameAs(root())).isTrue();
        }
        assertThat(protector.readiness().ready()).isTrue();
    }

    @Test
    void protect_twice_looksDifferent() throws Exception {
        pin(SoftHsm.PIN);
        Pkcs11Protector protector = protector(slot, "nonce");
        assertThat(protector.protect(root(), SET, Optional.empty()))
                .isNotEqualTo(protector.protect(root(), SET, Optional.empty()));
    }

    @Test
    void open_withTheOperatorsPin_needsNoFile() throws Exception {
        Pkcs11Protector protector = protector(slot, "operator");
        try (Secret pin = Secret.ofChars(SoftHsm.PIN.toCharArray())) {
            byte[] wrapped = protector.protect(root(), SET, Optional.of(pin));
            try (Secret opened = protector.open(wrapped, SET, Optional.of(pin))) {
                assertThat(opened.sameAs(root())).isTrue();
            }
            assertThat(refused(() -> protector.open(wrapped, SET, Optional.empty())).kind())
                    .isEqualTo(Kind.NO_PASSWORD);
        }
    }

    @Test
    void open_ofAnyChangedByte_isRefused() throws Exception {
        pin(SoftHsm.PIN);
        Pkcs11Protector protector = protector(slot, "bits");
        byte[] wrapped = protector.protect(root(), SET, Optional.empty());
        for (int bit = 0; bit < wrapped.length * Byte.SIZE; bit += 5) {
            byte[] changed = wrapped.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(refused(() -> protector.open(changed, SET, Optional.empty())).kind())
                    .as("bit " + bit)
                    .isIn(Kind.DAMAGED, Kind.WRONG_PASSWORD);
        }
        for (int length = 0; length < wrapped.length; length++) {
            byte[] cut = Arrays.copyOf(wrapped, length);
            assertThat(refused(() -> protector.open(cut, SET, Optional.empty())).kind())
                    .isEqualTo(Kind.DAMAGED);
        }
    }

    @Test
    void open_forAnotherKeySet_isRefused() throws Exception {
        pin(SoftHsm.PIN);
        Pkcs11Protector protector = protector(slot, "binding");
        byte[] wrapped = protector.protect(root(), SET, Optional.empty());
        assertThat(refused(() -> protector.open(wrapped, "another", Optional.empty())).kind())
                .isEqualTo(Kind.DAMAGED);
    }

    @Test
    void open_onAnotherToken_isRefusedByName() throws Exception {
        pin(SoftHsm.PIN);
        byte[] wrapped = protector(slot, "shared").protect(root(), SET, Optional.empty());
        Pkcs11Protector elsewhere = protector(other, "shared");
        assertThat(refused(() -> elsewhere.open(wrapped, SET, Optional.empty())))
                .hasMessageContaining("has no key 'shared'");
        elsewhere.provision();
        KeyException refusal = refused(() -> elsewhere.open(wrapped, SET, Optional.empty()));
        assertThat(refusal.kind()).isEqualTo(Kind.WRONG_PASSWORD);
        assertThat(refusal).hasMessageContaining("is not the one that protects key set " + SET);
    }

    @Test
    void wrongPin_isRefused_andNotTriedAgainUntilTheFileChanges() throws Exception {
        Path file = pin("9999");
        Pkcs11Protector protector = protector(slot, "pin");
        KeyException first = refused(protector::provision);
        assertThat(first.kind()).isEqualTo(Kind.WRONG_PASSWORD);
        assertThat(first).hasMessageContaining("refused the PIN").hasMessageNotContaining("9999");
        assertThat(refused(protector::provision)).hasMessageContaining("not tried again");
        pin(SoftHsm.PIN);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        protector.provision();
    }

    @Test
    void pinFileThatOthersMayRead_isRefused() throws Exception {
        Path file = pin(SoftHsm.PIN);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Pkcs11Protector protector = protector(slot, "mode");
        assertThat(protector.readiness().problem()).isEqualTo(Kind.UNSAFE_FILE);
        assertThat(refused(protector::provision).kind()).isEqualTo(Kind.UNSAFE_FILE);
    }

    @Test
    void withoutAPin_itIsThereButNotReady() {
        Pkcs11Protector protector = protector(slot, "passbridge");
        assertThat(protector.readiness().ready()).isFalse();
        assertThat(protector.readiness().password()).isTrue();
        assertThat(protector.readiness().remedy()).contains("keys:unlock", "pkcs11.pin");
    }

    @Test
    void slotWithoutAToken_isAbsent() {
        Pkcs11Protector protector = protector("7", "passbridge");
        assertThat(protector.readiness().problem()).isEqualTo(Kind.PROTECTOR_MISSING);
        assertThat(protector.readiness().text())
                .contains("slot 7", "is not there: there are:", "'passbridge' in slot");
    }

    @Test
    void tokenIsFoundByItsLabel_andSeveralAreToldApart() throws Exception {
        pin(SoftHsm.PIN);
        byte[] wrapped = protector(slot, "by label").protect(root(), SET, Optional.empty());
        new Pkcs11Protector(
                        new Token(SoftHsm.LIBRARY.toString(), TokenChoice.of("passbridge", "")),
                        "by label",
                        PinFile.of("", etc.toString(), null),
                        new SecureRandom())
                .open(wrapped, SET, Optional.empty())
                .close();
        assertThat(new Token(SoftHsm.LIBRARY.toString(), TokenChoice.of("", "")).absence())
                .get(InstanceOfAssertFactories.STRING)
                .contains(
                        "several fit", "'passbridge' in slot " + slot, "'other' in slot " + other);
        assertThat(new Token(SoftHsm.LIBRARY.toString(), TokenChoice.of("nobody's", "")).absence())
                .get(InstanceOfAssertFactories.STRING)
                .contains("the token 'nobody's'", "is not there: there are:");
    }

    @Test
    void fileThatIsNoPkcs11Library_isAbsentWithTheReason() throws Exception {
        Path file = Files.writeString(etc.resolve("no.so"), "text");
        assertThat(new Token(file.toString(), TokenChoice.of("", "")).absence())
                .get(InstanceOfAssertFactories.STRING)
                .contains("the library cannot be used");
    }

    @Test
    void keyThatCanBeReadOut_isRefused() throws Exception {
        Provider provider =
                Security.getProvider("SunPKCS11")
                        .configure(
                                "--name = readable\nlibrary = "
                                        + SoftHsm.LIBRARY
                                        + "\nslot = "
                                        + slot
                                        + "\nattributes(*, CKO_SECRET_KEY, *) = {\n"
                                        + "CKA_SENSITIVE = false\nCKA_EXTRACTABLE = true\n}\n");
        KeyStore keys = KeyStore.getInstance("PKCS11", provider);
        keys.load(null, SoftHsm.PIN.toCharArray());
        keys.setKeyEntry("readable", new SecretKeySpec(new byte[32], "AES"), null, null);
        ((AuthProvider) provider).logout();

        pin(SoftHsm.PIN);
        KeyException refusal = refused(protector(slot, "readable")::provision);
        assertThat(refusal.kind()).isEqualTo(Kind.NOT_ALLOWED);
        assertThat(refusal).hasMessageContaining("can be read out");
    }

    @Test
    void adopt_leavesThePinToTheToken() {
        try (Secret pin = Secret.ofChars("1".toCharArray())) {
            assertThat(protector(slot, "passbridge").adopt(pin).stored()).isFalse();
        }
    }

    @Test
    void credential_takesPrecedenceOverTheFile() throws Exception {
        pin("9999");
        Path credentials = Files.createDirectory(etc.resolve("credentials"));
        Path given = credentials.resolve(PinFile.CREDENTIAL);
        Files.writeString(given, SoftHsm.PIN);
        Files.setPosixFilePermissions(given, PosixFilePermissions.fromString("r--------"));
        new Pkcs11Protector(
                        new Token(SoftHsm.LIBRARY.toString(), TokenChoice.of("", slot)),
                        "credential",
                        PinFile.of("", etc.toString(), credentials.toString()),
                        new SecureRandom())
                .provision();
    }
}
