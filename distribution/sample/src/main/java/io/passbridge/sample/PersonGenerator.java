/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sample;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Makes people out of numbers. Each depends on the seed and its own number only. */
final class PersonGenerator {
    private static final List<String> GIVEN =
            List.of(
                    "Ada", "Amina", "Bruno", "Chiara", "Dmitri", "Elif", "Émile", "Fatima", "Grete",
                    "Hiro", "Ines", "Jörg", "Kofi", "Lena", "Mateo", "Nadia", "Olu", "Priya",
                    "Quentin", "Rosa", "Søren", "Tariq", "Ursula", "Viktor", "Wanjiru", "Xin",
                    "Yara", "Zoë");
    private static final List<String> FAMILY =
            List.of(
                    "Abebe",
                    "Bianchi",
                    "Carvalho",
                    "Dubois",
                    "Eriksen",
                    "Fischer",
                    "García",
                    "Haddad",
                    "Ivanova",
                    "Jansen",
                    "Kowalski",
                    "Larsen",
                    "Müller",
                    "Nguyen",
                    "Okafor",
                    "Petrov",
                    "Quispe",
                    "Rossi",
                    "Sánchez",
                    "Tanaka",
                    "Usman",
                    "Varga",
                    "Weber",
                    "Xu",
                    "Yılmaz",
                    "Zając");
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
    private static final long SECONDS = 600L * 24 * 3600;
    private static final List<Credential> SLOW =
            List.of(
                    Credential.PBKDF2_SHA256,
                    Credential.CRYPT_SHA512,
                    Credential.CRYPT_BCRYPT,
                    Credential.BCRYPT,
                    Credential.ARGON2);

    private final long seed;

    PersonGenerator(long seed) {
        this.seed = seed;
    }

    Person person(long number) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        String uid = "p%07d".formatted(number);
        Credential credential = credential(random);
        return new Person(
                uid,
                pick(GIVEN, random),
                pick(FAMILY, random),
                new UUID(
                        random.nextLong() & ~0xF000L | 0x4000L,
                        random.nextLong() & ~(3L << 62) | 1L << 63),
                number,
                credential,
                credential.isSlow() ? SaltedForms.SHARED_PASSWORD : "Sample-" + uid,
                FIRST.plusSeconds(random.nextLong(SECONDS)),
                status(random));
    }

    private static Credential credential(SplittableRandom random) {
        int percent = random.nextInt(100);
        if (percent < 62) {
            return Credential.SAMBA;
        } else if (percent < 80) {
            return Credential.UNICODE_PWD;
        } else if (percent < 85) {
            return Credential.SSHA;
        } else if (percent < 89) {
            return Credential.SSHA256;
        } else if (percent < 94) {
            return Credential.SSHA512;
        } else if (percent < 99) {
            return pick(SLOW, random);
        }
        return Credential.NONE;
    }

    private static Person.Status status(SplittableRandom random) {
        int percent = random.nextInt(100);
        return percent < 3
                ? Person.Status.DISABLED
                : percent < 5 ? Person.Status.MUST_CHANGE : Person.Status.ACTIVE;
    }

    private static <T> T pick(List<T> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }
}
