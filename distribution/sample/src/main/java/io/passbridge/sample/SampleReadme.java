/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sample;

import java.util.ArrayList;
import java.util.List;

/** The page that comes with the sample, written from what is really in it. */
final class SampleReadme {
    private SampleReadme() {}

    static List<String> lines(long people) {
        List<String> lines = new ArrayList<>();
        lines.add("# The sample directory");
        lines.add("");
        lines.add(
                "Made-up people for demonstrations and tests. Never load this into a system that"
                        + " matters:");
        lines.add("the passwords are printed below.");
        lines.add("");
        lines.add(
                "`people.ldif` holds " + people + " generated people and these documented users:");
        lines.add("");
        lines.add("| user | password | example of |");
        lines.add("|---|---|---|");
        for (DocumentedUser user : DocumentedUser.ALL) {
            lines.add(
                    "| "
                            + user.entry().uid()
                            + " | `"
                            + user.entry().password()
                            + "` | "
                            + user.note()
                            + " |");
        }
        lines.add("");
        lines.add(
                "A generated person `p0000123` has the password `Sample-p0000123`; those with a"
                        + " scheme that is slow");
        lines.add(
                "on purpose (PBKDF2, sha512-crypt, bcrypt, Argon2) share the password `"
                        + SaltedForms.SHARED_PASSWORD
                        + "`.");
        lines.add("One in a hundred has no password, three are disabled, two must change theirs.");
        lines.add("");
        lines.add(
                "Changes to append to the file while the platform runs (`cat changes/erin-1.ldif >>"
                        + " people.ldif`):");
        lines.add("");
        lines.add("| file | what happens |");
        lines.add("|---|---|");
        for (SampleChange change : SampleChange.all()) {
            lines.add("| `changes/" + change.fileName() + "` | " + change.what() + " |");
        }
        return lines;
    }
}
