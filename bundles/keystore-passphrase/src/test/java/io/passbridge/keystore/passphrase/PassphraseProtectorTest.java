/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.Protector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassphraseProtectorTest {
    private static final Cryptography CRYPTOGRAPHY = new PlatformCryptography();
    private static final String ID = "6f2c9c1e-52a7-4d0c-9d43-0f6a3a1d7b11";

    @TempDir Path etc;
    private Path file;
    private final Secret root =
            Secret.owning("32 bytes that are to be guarded.".getBytes(StandardCharsets.US_ASCII));

    private record Policy(boolean fipsEnforced) implements LegacyPolicy {
        @Override
        public void use(LegacyAlgorithm algorithm, String purpose) {
            assertThat(algorithm + " to " + purpose).isEqualTo("ARGON2ID to open the key set");
            if (fipsEnforced) {
                throw new LegacyRefusedException(algorithm, purpose, "allow it");
            }
        }

        @Override
        public List<LegacyUse> uses() {
            return List.of();
        }
    }

    @BeforeEach
    void needsModes() {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        file = etc.resolve("service-account.password");
    }

    private Protector protector(boolean fips) {
        return protector(fips, null);
    }

    private Protector protector(boolean fips, String credentials) {
        return new PassphraseProtector(
                new Policy(fips),
                CRYPTOGRAPHY,
                PassphraseProtector.source("", etc.toString(), credentials, CRYPTOGRAPHY.random()),
                new Argon2idDerivation(8_192, 1, 1),
                new Pbkdf2Derivation(1_000));
    }

    @Test
    void provision_nothingThere_makesARandomPasswordOnlyItsOwnerCanRead() throws Exception {
        protector(false).provision();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).hasSize(44).endsWith("\n");

        String first = Files.readString(file);
        protector(false).provision();
        assertThat(Files.readString(file)).isEqualTo(first);
    }

    @Test
    void open_ofWhatTheOtherPolicyProtected_isWhatItsAlgorithmsAllow() throws Exception {
        protector(false).provision();
        byte[] usual = protector(false).protect(root, ID, Optional.empty());
        byte[] approved = protector(true).protect(root, ID, Optional.empty());
        assertThat(usual[1]).isEqualTo(Argon2idDerivation.CODE);
        assertThat(approved[1]).isEqualTo(Pbkdf2Derivation.CODE);
        assertThat(protector(true).unapproved(usual)).contains("Argon2id");
        assertThat(protector(true).unapproved(approved)).isEmpty();
        try (Secret again = protector(false).open(approved, ID, Optional.empty())) {
            assertThat(again.sameAs(root)).isTrue();
        }
        assertThatThrownBy(() -> protector(true).open(usual, ID, Optional.empty()))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_ALLOWED))
                .hasMessageContaining("allow it. Then keys:passwd");
    }

    @Test
    void password_underFipsAndShort_isRefusedWithTheRemedy() {
        assertThatThrownBy(
                        () ->
                                protector(true)
                                        .protect(root, ID, Optional.of(secret("13 characters"))))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_ALLOWED))
                .hasMessageContaining("less than 14 bytes")
                .hasMessageContaining("keys:passwd");
    }

    @Test
    void open_passwordFileWithLineEndOfAnEditor_opens() throws Exception {
        byte[] wrapped =
                protector(true).protect(root, ID, Optional.of(secret("correct horse battery")));
        for (String content :
                List.of(
                        "correct horse battery",
                        "correct horse battery\n",
                        "correct horse battery\r\n")) {
            write(content, "rw-------");
            protector(true).open(wrapped, ID, Optional.empty()).close();
        }
    }

    @Test
    void open_wrongPassword_isToldFromDamage() throws Exception {
        byte[] wrapped =
                protector(true).protect(root, ID, Optional.of(secret("the right password")));
        assertKind(
                Kind.WRONG_PASSWORD,
                () -> protector(true).open(wrapped, ID, Optional.of(secret("the wrong password"))));
        wrapped[wrapped.length - 1] ^= 1;
        assertKind(
                Kind.DAMAGED,
                () -> protector(true).open(wrapped, ID, Optional.of(secret("the right password"))));
    }

    @Test
    void open_forAnotherKeySet_isRefused() throws Exception {
        byte[] wrapped =
                protector(true).protect(root, ID, Optional.of(secret("the right password")));
        assertKind(
                Kind.DAMAGED,
                () ->
                        protector(true)
                                .open(
                                        wrapped,
                                        "another",
                                        Optional.of(secret("the right password"))));
    }

    @Test
    void open_noPasswordAnywhere_namesTheFile() {
        assertThatThrownBy(() -> protector(false).open(new byte[130], ID, Optional.empty()))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_PASSWORD))
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void open_passwordFileOthersCanUse_isRefusedWithModeAndRemedy(String mode) throws Exception {
        write("right", mode);
        assertThatThrownBy(() -> protector(true).open(new byte[130], ID, Optional.empty()))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSAFE_FILE))
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600");
        assertThat(protector(true).readiness().ready()).isFalse();
    }

    @Test
    void open_passwordFileIsALink_isRefused() throws Exception {
        Path real = etc.resolve("elsewhere");
        Files.writeString(real, "right");
        Files.createSymbolicLink(file, real);
        assertKind(
                Kind.UNSAFE_FILE, () -> protector(true).open(new byte[130], ID, Optional.empty()));
    }

    @Test
    void open_emptyPasswordFile_saysSo() throws Exception {
        write("\n", "rw-------");
        assertThatThrownBy(() -> protector(true).open(new byte[130], ID, Optional.empty()))
                .hasMessageContaining("it is empty");
    }

    @Test
    void adopt_newPassword_replacesTheFileAndLeavesNothingBeside() throws Exception {
        write("old", "rw-------");
        assertThat(protector(true).adopt(secret("new one")).stored()).isTrue();
        assertThat(Files.readString(file)).isEqualTo("new one\n");
        try (var files = Files.list(etc)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void source_systemdCredential_takesPrecedenceAndIsTheOperatorsToChange() throws Exception {
        Path credentials = Files.createDirectory(etc.resolve("credentials"));
        Files.writeString(
                credentials.resolve("passbridge.service-account"), "from systemd credentials");
        write("from the file", "rw-------");
        Protector protector = protector(true, credentials.toString());
        byte[] wrapped = protector.protect(root, ID, Optional.empty());
        protector.open(wrapped, ID, Optional.of(secret("from systemd credentials"))).close();
        assertThat(protector.adopt(secret("next"))).matches(a -> !a.stored());
    }

    @Test
    void unwrap_anyByteChanged_isRefused() throws Exception {
        PasswordDerivation cheap = new Pbkdf2Derivation(1_000);
        byte[] wrapped =
                PassphraseWrappedRoot.wrap(
                        root, ID, secret("the right password"), cheap, CRYPTOGRAPHY);
        for (int at = 0; at < wrapped.length; at++) {
            byte[] changed = wrapped.clone();
            changed[at] ^= (byte) (1 << at % 8);
            assertThatThrownBy(
                            () ->
                                    PassphraseWrappedRoot.unwrap(
                                            changed,
                                            ID,
                                            secret("the right password"),
                                            CRYPTOGRAPHY.module()))
                    .isInstanceOf(KeyException.class);
        }
    }

    @Test
    void unwrap_costsOutOfBounds_areRefusedBeforeAnyWorkIsDone() throws Exception {
        byte[] wrapped =
                PassphraseWrappedRoot.wrap(
                        root,
                        ID,
                        secret("the right password"),
                        new Pbkdf2Derivation(10_000),
                        CRYPTOGRAPHY);
        wrapped[2] = 0x7F;
        assertThatThrownBy(
                        () ->
                                PassphraseWrappedRoot.unwrap(
                                        wrapped,
                                        ID,
                                        secret("the right password"),
                                        CRYPTOGRAPHY.module()))
                .hasMessageContaining("iterations");
    }

    private void write(String content, String mode) throws IOException {
        Files.deleteIfExists(file);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static Secret secret(String text) {
        return Secret.owning(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertKind(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
