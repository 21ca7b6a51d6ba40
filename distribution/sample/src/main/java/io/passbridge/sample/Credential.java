/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** In which attributes a directory keeps a password and what goes with it. */
enum Credential {
    /** Samba's schema in an LDAP directory: the NT hash in hex. */
    SAMBA {
        @Override
        void write(LdifWriter ldif, Person person) throws IOException {
            String flags =
                    person.status() == Person.Status.DISABLED ? "[UD         ]" : "[U          ]";
            ldif.value("objectClass", "sambaSamAccount")
                    .value("sambaSID", "S-1-5-21-1004336348-1177238915-682003330-" + rid(person))
                    .value("sambaAcctFlags", flags);
            writeHash(ldif, person);
        }

        @Override
        void writeHashOnly(LdifWriter ldif, Person person) throws IOException {
            ldif.value("sambaNTPassword", HexFormat.of().withUpperCase().formatHex(ntHash(person)));
        }

        @Override
        void writeTime(LdifWriter ldif, Person person) throws IOException {
            long seconds = mustChange(person) ? 0 : person.changedAt().getEpochSecond();
            ldif.value("sambaPwdLastSet", Long.toString(seconds));
        }
    },

    /** Active Directory's attributes: the NT hash in binary. */
    UNICODE_PWD {
        @Override
        void write(LdifWriter ldif, Person person) throws IOException {
            int control = person.status() == Person.Status.DISABLED ? 514 : 512;
            ldif.value("sAMAccountName", person.uid())
                    .value("userPrincipalName", person.uid() + "@corp.example.org")
                    .value("userAccountControl", Integer.toString(control));
            writeHash(ldif, person);
        }

        @Override
        void writeHashOnly(LdifWriter ldif, Person person) throws IOException {
            ldif.value("unicodePwd", ntHash(person));
        }

        @Override
        void writeTime(LdifWriter ldif, Person person) throws IOException {
            long time =
                    mustChange(person)
                            ? 0
                            : (person.changedAt().getEpochSecond() + 11_644_473_600L) * 10_000_000L;
            ldif.value("pwdLastSet", Long.toString(time));
        }
    },

    SSHA,
    SSHA256,
    SSHA512,
    /** The schemes that are slow on purpose: their people share one password and its values. */
    PBKDF2_SHA256,
    CRYPT_SHA512,
    CRYPT_BCRYPT,
    BCRYPT,
    ARGON2,

    /** No password at all. */
    NONE {
        @Override
        void writeHashOnly(LdifWriter ldif, Person person) {}

        @Override
        void writeTime(LdifWriter ldif, Person person) {}
    };

    /** The attributes that this way of keeping a password adds to an entry. */
    void write(LdifWriter ldif, Person person) throws IOException {
        if (person.status() == Person.Status.DISABLED) {
            ldif.value("pwdAccountLockedTime", "000001010000Z");
        }
        if (mustChange(person)) {
            ldif.value("pwdReset", "TRUE");
        }
        writeHash(ldif, person);
    }

    /** The hash and the time that it was set. */
    final void writeHash(LdifWriter ldif, Person person) throws IOException {
        writeHashOnly(ldif, person);
        writeTime(ldif, person);
    }

    /** The hash alone. */
    void writeHashOnly(LdifWriter ldif, Person person) throws IOException {
        byte[] value = SaltedForms.encode(this, person).getBytes(StandardCharsets.US_ASCII);
        ldif.value("userPassword", value);
    }

    /** The time that the password was set. */
    void writeTime(LdifWriter ldif, Person person) throws IOException {
        ldif.value("pwdChangedTime", Person.GENERALIZED_TIME.format(person.changedAt()));
    }

    boolean isSlow() {
        return compareTo(PBKDF2_SHA256) >= 0 && compareTo(ARGON2) <= 0;
    }

    private static byte[] ntHash(Person person) {
        return NtHashing.hash(person.password());
    }

    private static boolean mustChange(Person person) {
        return person.status() == Person.Status.MUST_CHANGE;
    }

    private static long rid(Person person) {
        return 10_000 + person.number();
    }
}
