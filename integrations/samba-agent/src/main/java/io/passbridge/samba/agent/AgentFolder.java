/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import io.passbridge.connector.samba.wire.KeyText;
import io.passbridge.credential.Secret;
import io.passbridge.files.WholeFile;
import io.passbridge.hash.sealed.RecipientKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * The agent's folder, open to its owner only.
 *
 * <ul>
 *   <li>{@code agent.properties}: listen, unit, socket
 *   <li>{@code recipient.key}: the private key; it never leaves this machine
 *   <li>{@code recipient.pub}, {@code agent.pem}: public key and certificate, for the platform
 *   <li>{@code pairing}: the pairing secret, for {@code account:set}
 *   <li>{@code agent.p12}, {@code agent.password}: key of the certificate
 * </ul>
 */
record AgentFolder(Path path) {
    private static final String OWNER_ONLY = "rw-------";
    private static final String X25519 = "recipient.key";
    private static final String P256 = "recipient-p256.key";
    private static final String APPLIED = "applied";
    private static final int PAIRING = 32;
    private static final int PASSWORD = 24;

    /** Makes everything; refuses a folder that is there. */
    static AgentFolder make(Path path, String listen, String unit, String socket)
            throws IOException, InterruptedException {
        Files.createDirectory(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        AgentFolder folder = new AgentFolder(path);
        folder.write(
                "agent.properties",
                "listen = %s\nunit = %s\nsocket = %s\n".formatted(listen, unit, socket));
        try (RecipientKeys keys = RecipientKeys.generate();
                Secret pairing = Secret.owning(random(PAIRING))) {
            folder.write(X25519, keys.x25519());
            folder.write(P256, keys.p256());
            folder.write("pairing", pairing);
            folder.write("recipient.pub", publicText(keys) + "\n");
        }
        folder.write(
                "agent.password", Base64.getUrlEncoder().encodeToString(random(PASSWORD)) + "\n");
        folder.certificate(listen.substring(0, listen.lastIndexOf(':')));
        return folder;
    }

    /** The public keys, a line for each. */
    static String publicText(RecipientKeys keys) {
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(keys.x25519Public())
                + "\n"
                + base64.encodeToString(keys.p256Public());
    }

    /** The private keys, the caller's to close. */
    RecipientKeys keys() throws IOException {
        return new RecipientKeys(secret(X25519), secret(P256));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private void write(String name, Secret secret) {
        try (Secret text = KeyText.of(secret)) {
            text.use(
                    bytes -> {
                        try {
                            Files.write(fresh(name), bytes);
                            return null;
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(fresh(name), text);
    }

    private Path fresh(String name) throws IOException {
        return Files.createFile(
                path.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    }

    /** By the Java platform's own tool, which reads the password from its file. */
    private void certificate(String host) throws IOException, InterruptedException {
        String name =
                host.matches("[0-9.]+|\\[.*]")
                        ? "ip:" + host.replaceAll("[\\[\\]]", "")
                        : "dns:" + host;
        String store = path.resolve("agent.p12").toString();
        String password = path.resolve("agent.password").toString();
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                "agent",
                "-dname",
                "CN=Passbridge agent",
                "-ext",
                "san=" + name,
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                store,
                "-storepass:file",
                password);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "agent",
                "-keystore",
                store,
                "-storepass:file",
                password,
                "-file",
                path.resolve("agent.pem").toString());
        Files.setPosixFilePermissions(Path.of(store), PosixFilePermissions.fromString(OWNER_ONLY));
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(tool.getInputStream().readAllBytes());
        if (tool.waitFor() != 0) {
            throw new IOException("keytool failed: " + text.strip());
        }
    }

    /** A setting of {@code agent.properties}. */
    String setting(String name) throws IOException {
        String value = optional(name);
        if (value.isEmpty()) {
            throw new IOException(path.resolve("agent.properties") + " has no '" + name + "'");
        }
        return value;
    }

    /** A setting that may be missing, then empty. */
    String optional(String name) throws IOException {
        Properties settings = new Properties();
        try (Reader in = Files.newBufferedReader(path.resolve("agent.properties"))) {
            settings.load(in);
        }
        return settings.getProperty(name, "").strip();
    }

    /** A key or the pairing secret, the caller's to close. */
    Secret secret(String name) throws IOException {
        try (Secret text = Secret.owning(readPrivate(name))) {
            return KeyText.read(text)
                    .orElseThrow(() -> new IOException(path.resolve(name) + " is not of its form"));
        }
    }

    /**
     * Keeps everybody else from writing from this folder until the process ends.
     *
     * @throws IOException if somebody else does
     */
    FileLock lock() throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve("lock"),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(OWNER_ONLY)));
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IOException("an agent is at work from " + path + "; stop it first");
        }
        return lock;
    }

    /**
     * When the latest file of a route that was applied here had been written, in milliseconds since
     * 1970; 0 if there was none.
     */
    long applied(String route) throws IOException {
        return Long.parseLong(applied().getProperty(route, "0"));
    }

    /** Notes that a file of a route is being applied, before anything of it is. */
    void applying(String route, long at) throws IOException {
        Properties applied = applied();
        applied.setProperty(route, Long.toString(at));
        WholeFile.write(
                path.resolve(APPLIED),
                out ->
                        applied.store(
                                out, "the latest file of each route; an older one is refused"));
    }

    private Properties applied() throws IOException {
        Properties applied = new Properties();
        if (Files.exists(path.resolve(APPLIED))) {
            applied.load(new ByteArrayInputStream(readPrivate(APPLIED)));
        }
        return applied;
    }

    /** The content of a file that others may not read. */
    byte[] readPrivate(String name) throws IOException {
        Path file = path.resolve(name);
        Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
        open.removeAll(PosixFilePermissions.fromString("rwx------"));
        if (!open.isEmpty()) {
            throw new IOException(file + " is open to others; chmod 600 " + file);
        }
        return Files.readAllBytes(file);
    }
}
