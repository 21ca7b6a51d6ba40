/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.itests.lab.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes with servers that offer one thing, with FIPS enforced and without. */
class TlsTest {
    private static final List<String> EC = List.of("-keyalg", "EC");
    private static final List<String> RSA = List.of("-keyalg", "RSA", "-keysize", "2048");
    private static final List<String> SHORT_RSA = List.of("-keyalg", "RSA", "-keysize", "1024");

    @TempDir private static Path folder;

    private static final Map<Shown, Identity> IDENTITIES = new EnumMap<>(Shown.class);

    /** Keys and signatures that servers show. */
    private enum Shown {
        EC_KEY(EC, EC),
        RSA_KEY(RSA, RSA),
        SHORT_KEY(EC, SHORT_RSA),
        SHA1_SIGNATURE(
                RSA, List.of("-keyalg", "RSA", "-keysize", "2048", "-sigalg", "SHA1withRSA")),
        SHORT_KEY_OF_THE_AUTHORITY(SHORT_RSA, EC);

        private final List<String> authority;
        private final List<String> own;

        Shown(List<String> authority, List<String> own) {
            this.authority = authority;
            this.own = own;
        }
    }

    /** What a server offers, and what is refused of it; nothing if it is approved. */
    private enum Offer {
        TLS_13(Shown.EC_KEY, parameters -> {}, ""),
        TLS_12_GCM(Shown.RSA_KEY, suite("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"), ""),
        CBC(
                Shown.EC_KEY,
                suite("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
                "TLSv1.3, or TLSv1.2 with ECDHE and AES-GCM"),
        CHACHA20(
                Shown.EC_KEY,
                suite("TLSv1.3", "TLS_CHACHA20_POLY1305_SHA256"),
                "the server offers nothing that is approved"),
        X25519(Shown.EC_KEY, group("x25519"), "over P-256, P-384 or P-521"),
        SHORT_KEY(
                Shown.SHORT_KEY,
                parameters -> {},
                "the certificate of CN=127.0.0.1 has an RSA key of 1024 bits; RSA keys have at"
                        + " least 2048 bits"),
        SHA1(
                Shown.SHA1_SIGNATURE,
                parameters -> {},
                "the certificate of CN=127.0.0.1 has the signature SHA1withRSA"),
        SHORT_KEY_OF_THE_AUTHORITY(
                Shown.SHORT_KEY_OF_THE_AUTHORITY,
                parameters -> {},
                "the certificate of CN=short_key_of_the_authority has an RSA key of 1024 bits");

        private final Shown shown;
        private final Consumer<SSLParameters> settings;
        private final String refusal;

        Offer(Shown shown, Consumer<SSLParameters> settings, String refusal) {
            this.shown = shown;
            this.settings = settings;
            this.refusal = refusal;
        }

        private static Consumer<SSLParameters> suite(String version, String suite) {
            return parameters -> {
                parameters.setProtocols(new String[] {version});
                parameters.setCipherSuites(new String[] {suite});
            };
        }

        private static Consumer<SSLParameters> group(String name) {
            return parameters -> parameters.setAlgorithmConstraints(new OneGroup(name));
        }
    }

    @BeforeAll
    static void identities() throws Exception {
        for (Shown shown : Shown.values()) {
            String name = shown.name().toLowerCase(Locale.ROOT);
            IDENTITIES.put(shown, Identity.of(folder, name, shown.authority, shown.own));
        }
    }

    @ParameterizedTest
    @EnumSource
    void enforced_onlyWhatIsApprovedConnects_andTheRestSaysWhatIsMissing(Offer offer)
            throws Exception {
        Identity identity = IDENTITIES.get(offer.shown);
        Exception failure = failure(offer, identity.authority());
        if (offer.refusal.isEmpty()) {
            assertThat(failure).isNull();
        } else {
            assertThat(failure).isNotNull();
            assertThat(Refusal.in(failure).orElse("not explained: " + failure))
                    .contains("FIPS is enforced", offer.refusal, "set 'enforce = off'");
        }
        assertThat(connect(offer, identity.authority(), false).getProtocol()).startsWith("TLSv1.");
    }

    /** The Java platform does not look at a certificate that is itself an authority. */
    @Test
    void certificateThatIsTrustedByItself_isCheckedToo() throws Exception {
        Path itself =
                Files.writeString(
                        folder.resolve("own.pem"),
                        IDENTITIES.get(Shown.SHORT_KEY).certificateInPem());
        assertThat(connect(Offer.SHORT_KEY, itself, false).isValid()).isTrue();
        assertThat(refusal(Offer.SHORT_KEY, itself).orElseThrow()).contains("of 1024 bits");
    }

    /** As the driver of PostgreSQL makes them, which has trust managers of its own. */
    @Test
    void socketsOfAnotherFactory_leaveTheWayToTheAuthorityToTheJavaPlatform() throws Exception {
        Tls plain = tls(Offer.SHA1, false);
        SSLSocketFactory narrowed = new ApprovedSockets(plain.sockets());
        assertThat(connect(Offer.SHA1, plain.sockets()).isValid()).isTrue();
        assertThatThrownBy(() -> connect(Offer.SHA1, narrowed))
                .satisfies(
                        e ->
                                assertThat(Refusal.in(e).orElse("not explained: " + e))
                                        .contains("a certificate on the way to the authority")
                                        .contains("SHA1withRSA"));
    }

    private static Tls tls(Offer offer, boolean fips) throws Exception {
        return Tls.of(Optional.of(IDENTITIES.get(offer.shown).authority()), null, fips);
    }

    @Test
    void stranger_isNotBelieved_andThePolicyIsNotTheReason() {
        Path other = IDENTITIES.get(Shown.RSA_KEY).authority();
        assertThat(failure(Offer.TLS_13, other)).isNotNull();
        assertThat(refusal(Offer.TLS_13, other)).isEmpty();
    }

    private static Optional<String> refusal(Offer offer, Path authority) {
        return Refusal.in(failure(offer, authority));
    }

    /** Of a connection with FIPS enforced; null if there is none. */
    private static Exception failure(Offer offer, Path authority) {
        try {
            connect(offer, authority, true);
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    private static SSLSession connect(Offer offer, Path authority, boolean fips) throws Exception {
        return connect(offer, Tls.of(Optional.of(authority), null, fips).sockets());
    }

    private static SSLSession connect(Offer offer, SSLSocketFactory sockets) throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (SSLServerSocket server =
                (SSLServerSocket)
                        IDENTITIES
                                .get(offer.shown)
                                .context()
                                .getServerSocketFactory()
                                .createServerSocket(0, 1, here)) {
            SSLParameters parameters = server.getSSLParameters();
            offer.settings.accept(parameters);
            server.setSSLParameters(parameters);
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> answer(server));
            try (SSLSocket client = (SSLSocket) sockets.createSocket(here, server.getLocalPort())) {
                client.startHandshake();
                assertThat(client.getInputStream().read()).isEqualTo('!');
                return client.getSession();
            } finally {
                answering.join();
            }
        }
    }

    private static void answer(SSLServerSocket server) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            socket.getOutputStream().write('!');
        } catch (IOException e) {
            // the client tells what it is
        }
    }

    /** Leaves one group for the exchange of keys. */
    private record OneGroup(String name) implements AlgorithmConstraints {
        private static final Set<String> OTHERS =
                Set.of("x25519", "x448", "secp256r1", "secp384r1", "secp521r1");

        @Override
        public boolean permits(Set<CryptoPrimitive> use, String algorithm, AlgorithmParameters p) {
            return algorithm.equals(name)
                    || !OTHERS.contains(algorithm) && !algorithm.startsWith("ffdhe");
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> use, Key key) {
            return true;
        }

        @Override
        public boolean permits(
                Set<CryptoPrimitive> use, String algorithm, Key key, AlgorithmParameters p) {
            return true;
        }
    }
}
