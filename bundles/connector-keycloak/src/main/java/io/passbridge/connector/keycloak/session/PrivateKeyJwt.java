/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** An assertion signed with the client's key (RFC 7523): nothing shared is stored or sent. */
final class PrivateKeyJwt implements ClientAuthentication {
    private static final Duration LIFE = Duration.ofSeconds(55);
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final String clientId;
    private final Clock clock;

    PrivateKeyJwt(String clientId, Clock clock) {
        this.clientId = clientId;
        this.clock = clock;
    }

    @Override
    public Map<String, String> fields(Secret secret, String audience) throws ConnectorException {
        byte[] encoded = decode(secret);
        try {
            PrivateKey key = key(encoded);
            boolean rsa = key.getAlgorithm().equals("RSA");
            long now = clock.instant().getEpochSecond();
            String header =
                    Json.object()
                            .add("alg", rsa ? "RS256" : "ES256")
                            .add("typ", "JWT")
                            .build()
                            .toString();
            String claims =
                    Json.object()
                            .add("iss", clientId)
                            .add("sub", clientId)
                            .add("aud", audience)
                            .add("jti", UUID.randomUUID().toString())
                            .add("iat", now)
                            .add("exp", now + LIFE.toSeconds())
                            .build()
                            .toString();
            String signed =
                    base64(header.getBytes(StandardCharsets.UTF_8))
                            + "."
                            + base64(claims.getBytes(StandardCharsets.UTF_8));
            Signature signature =
                    Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return Map.of(
                    "client_assertion_type",
                    TYPE,
                    "client_assertion",
                    signed + "." + base64(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new ConnectorException(
                    Kind.AUTHENTICATION,
                    "the account's secret is not an RSA or P-256 key in PKCS#8; make one with"
                            + " 'openssl genpkey' and use account:set");
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static PrivateKey key(byte[] encoded) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(encoded);
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        } catch (InvalidKeySpecException notRsa) {
            return KeyFactory.getInstance("EC").generatePrivate(spec);
        }
    }

    /** PEM with or without line breaks, or its base64 alone; what is not base64 becomes empty. */
    private static byte[] decode(Secret secret) {
        byte[] pem = secret.toBytes();
        byte[] digits = new byte[pem.length];
        try {
            int length = 0;
            boolean armour = false;
            for (int i = 0; i < pem.length; i++) {
                boolean dashes = pem[i] == '-' && (i == 0 || pem[i - 1] != '-');
                armour ^= dashes;
                if (!armour && pem[i] != '-' && pem[i] > ' ') {
                    digits[length++] = pem[i];
                }
            }
            return Base64.getDecoder().decode(Arrays.copyOf(digits, length));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        } finally {
            Arrays.fill(pem, (byte) 0);
            Arrays.fill(digits, (byte) 0);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
