/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.borders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/fips.md} names every algorithm that shipped code uses, and no other. */
class CryptographyTableIT {
    /** Who hands out an algorithm by its name. */
    private static final Pattern PROVIDER =
            Pattern.compile(
                    "(java/security/|javax/crypto/|javax/net/ssl/).*\\.getInstance"
                            + "|io/passbridge/crypto/CryptographicModule\\..*");

    private static final Pattern NAME =
            Pattern.compile(
                    "SHA-?(1|224|256|384|512)|SHA3-.*|MD[245]|RIPEMD.*|Hmac[A-Z0-9]+"
                        + "|AES(/.*|Wrap.*)?|DES(ede)?(/.*)?|Blowfish.*|ChaCha20.*|ARCFOUR|RC4"
                        + "|RSA(/.*)?|EC|EdDSA|Ed25519|DSA|DH|X25519|\\w+with\\w+"
                        + "|PBKDF2With\\w+|PBE\\w+|TLS(v[0-9.]+)?|SSL|PKCS1[12]|X\\.509|JKS|SHA1PRNG|PKIX");

    /** Classes that are an algorithm. */
    private static final Pattern LIBRARY =
            Pattern.compile(
                    "org/bouncycastle/crypto/(?:digests|generators|engines|macs)/(\\w+)"
                            + "|org/apache/commons/codec/digest/(\\w*Crypt)");

    /** Who makes connections with TLS, or hands out what they are made with. */
    private static final Pattern TRANSPORT =
            Pattern.compile(
                    "javax/net/ssl/SSL(Context|SocketFactory|ServerSocketFactory)"
                            + "\\.(getInstance|getDefault).*"
                            + "|com/unboundid/util/ssl/SSLUtil\\..*");

    private static final String TABLE = "## Every algorithm";

    private static final Pattern LEGACY = Pattern.compile(".*/legacy/(\\w+)\\.class");

    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9.]+)` \\| `([^`]+)` \\|.*");

    @Test
    void table_namesWhatTheCodeUses() throws IOException {
        Set<String> used = new TreeSet<>();
        for (ShippedBundle bundle : ShippedBundle.all()) {
            String name = bundle.name().substring("io.passbridge.".length());
            algorithms(bundle).forEach(algorithm -> used.add(name + ' ' + algorithm));
        }
        assertThat(used).as("the scan finds what is known to be there").contains("keys HmacSHA256");
        assertThat(used).isEqualTo(listed());
    }

    /** Whoever connects does so by the kit, which the policy narrows. */
    @Test
    void connections_areTheKits_andItsSuitesAreThoseOfThePage() throws IOException {
        Set<String> suites = new TreeSet<>();
        Set<String> outside = new TreeSet<>();
        for (ShippedBundle bundle : ShippedBundle.all()) {
            for (Map.Entry<String, ConstantPool> type : classes(bundle).entrySet()) {
                ConstantPool pool = type.getValue();
                pool.strings().stream().filter(t -> t.startsWith("TLS_")).forEach(suites::add);
                if (!type.getKey().startsWith("io/passbridge/tls/")
                        && pool.calls().stream().anyMatch(t -> TRANSPORT.matcher(t).matches())) {
                    outside.add(type.getKey());
                }
            }
        }
        suites.remove("TLS_");
        suites.remove("TLS_EMPTY_RENEGOTIATION_INFO_SCSV");
        assertThat(outside).isEmpty();
        Set<String> named = new TreeSet<>();
        String page = page();
        Matcher suite =
                Pattern.compile("`(TLS_\\w+)`").matcher(page.substring(0, page.indexOf(TABLE)));
        while (suite.find()) {
            named.add(suite.group(1));
        }
        assertThat(named).isNotEmpty().isEqualTo(suites);
    }

    private static Map<String, ConstantPool> classes(ShippedBundle bundle) throws IOException {
        Map<String, ConstantPool> classes = new TreeMap<>();
        try (JarFile jar = new JarFile(bundle.jar().toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (entry.getName().matches("io/passbridge/.*\\.class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        classes.put(entry.getName(), ConstantPool.of(in));
                    }
                }
            }
        }
        return classes;
    }

    /** Names count in the whole bundle if any class of it asks a provider: they are handed on. */
    private static Set<String> algorithms(ShippedBundle bundle) throws IOException {
        Set<String> names = new TreeSet<>();
        Set<String> found = new TreeSet<>();
        boolean asks = false;
        for (Map.Entry<String, ConstantPool> type : classes(bundle).entrySet()) {
            ConstantPool pool = type.getValue();
            asks |= pool.calls().stream().anyMatch(call -> PROVIDER.matcher(call).matches());
            pool.strings().stream().filter(t -> NAME.matcher(t).matches()).forEach(names::add);
            pool.classes().forEach(used -> library(used).ifPresent(found::add));
            Matcher legacy = LEGACY.matcher(type.getKey());
            if (legacy.matches()) {
                found.add(legacy.group(1));
            }
        }
        if (asks) {
            found.addAll(names);
        }
        return found;
    }

    private static Optional<String> library(String type) {
        Matcher library = LIBRARY.matcher(type);
        if (!library.matches()) {
            return Optional.empty();
        }
        return Optional.of(library.group(1) == null ? library.group(2) : library.group(1));
    }

    private static String page() throws IOException {
        Path page = Path.of(System.getProperty("distribution"), "../../../docs/fips.md");
        return Files.readString(page.normalize());
    }

    private static Set<String> listed() throws IOException {
        Set<String> listed = new TreeSet<>();
        String page = page();
        for (String line : page.substring(page.indexOf(TABLE)).split("\n")) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                listed.add(row.group(1) + ' ' + row.group(2));
            }
        }
        return listed;
    }
}
