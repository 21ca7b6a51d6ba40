/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformModule;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.file.DiskFolder;
import io.passbridge.keys.keyset.Server;
import io.passbridge.keys.ring.KeyRing;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {
    @TempDir Path folder;
    private Path file;
    private Server server;
    private TransferService transfer;

    @BeforeEach
    void start() throws Exception {
        server = Server.started();
        transfer = transfer(server);
        file = folder.resolve("key.p12");
    }

    private TransferService transfer(Server of) {
        return new TransferService(
                of.parts, new FixedPolicy(false), folder.resolve("data"), DiskFolder::new);
    }

    private static Secret password() {
        return Server.secret("a password");
    }

    @Test
    void exportKey_thenImportElsewhere_isTheSameKeyByItsFingerprint() throws Exception {
        transfer.exportKey("anna", 1, file, password());
        Server other = Server.started();
        KeyInfo imported = transfer(other).importKey("ben", file, password(), true);
        assertThat(imported.fingerprint())
                .isEqualTo(
                        KeyRing.fingerprint(
                                new PlatformModule(),
                                server.keeper.open().ring().key(1).orElseThrow()));
        assertThat(imported.imported()).isTrue();
        assertThat(other.keeper.open().keySet().primary().id()).isEqualTo(1);
    }

    @Test
    void importKey_thatIsThereAlready_isRefused() throws Exception {
        transfer.exportKey("anna", 1, file, password());
        assertThatThrownBy(() -> transfer.importKey("anna", file, password(), true))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("has this key already");
    }

    @Test
    void exportKey_keytool_listsItAsASecretKey() throws Exception {
        transfer.exportKey("anna", 1, file, password());
        Path passwordFile = folder.resolve("password");
        Files.writeString(passwordFile, "a password");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-list",
                                "-J-Duser.language=en",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass:file",
                                passwordFile.toString())
                        .redirectErrorStream(true)
                        .start();
        String out = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(out).contains("passbridge-key-1", "SecretKeyEntry");
    }

    @Test
    void importKey_emptyStore_isRefusedInsteadOfIgnored() throws Exception {
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        try (OutputStream out = Files.newOutputStream(file)) {
            empty.store(out, "a password".toCharArray());
        }
        assertThatThrownBy(() -> transfer.importKey("anna", file, password(), true))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("holds 0 entries");
    }

    @Test
    void importKey_wrongPasswordOrNoStore_isRefused() throws Exception {
        transfer.exportKey("anna", 1, file, password());
        assertThatThrownBy(
                        () -> transfer.importKey("anna", file, Server.secret("wrong word"), true))
                .isInstanceOf(KeyException.class);
        Files.write(file, new byte[100]);
        assertThatThrownBy(() -> transfer.importKey("anna", file, password(), true))
                .isInstanceOf(KeyException.class);
    }

    @Test
    void exportKey_fileExistsOrOddPassword_isRefused() throws Exception {
        assertThatThrownBy(
                        () ->
                                transfer.exportKey(
                                        "anna", 1, file, Server.secret("p\u00e4ssw\u00f6rter")))
                .hasMessageContaining("ASCII");
        Files.createFile(file);
        assertThatThrownBy(() -> transfer.exportKey("anna", 1, file, password()))
                .hasMessageContaining("exists");
    }
}
