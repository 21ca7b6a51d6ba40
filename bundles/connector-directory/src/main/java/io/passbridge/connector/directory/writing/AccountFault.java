/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.writing;

import io.passbridge.connector.directory.database.FreeAttributes;
import io.passbridge.connector.directory.database.SignInNames;
import io.passbridge.connector.directory.database.UserRow;
import io.passbridge.credential.Account;
import java.util.ArrayList;
import java.util.List;

/** Why an account cannot be stored: found before the database is asked, or one would fail all. */
final class AccountFault {
    private static final int MAX_TEXT = 1_024;
    private static final int MAX_ALIASES = 8_192;

    private AccountFault() {}

    /** The fault in words, or an empty text. */
    static String of(Account account) {
        for (String name : SignInNames.of(account)) {
            if (name.length() > SignInNames.MAX_LENGTH) {
                return "a name to sign in with has "
                        + name.length()
                        + " characters; the limit is "
                        + SignInNames.MAX_LENGTH;
            }
        }
        if (UserRow.join(account.aliases()).length() > MAX_ALIASES) {
            return "all aliases together are longer than " + MAX_ALIASES + " characters";
        }
        if (FreeAttributes.text(account.attributes()).length() > FreeAttributes.MAX_LENGTH) {
            return "all free attributes together are longer than "
                    + FreeAttributes.MAX_LENGTH
                    + " characters";
        }
        if (account.attributes().toString().indexOf('\0') >= 0) {
            return "a free attribute holds a zero character";
        }
        List<String> texts = new ArrayList<>(account.aliases());
        texts.add(account.anchor().value());
        texts.add(account.loginName());
        texts.add(account.displayName());
        texts.add(account.givenName());
        texts.add(account.familyName());
        texts.add(account.mail());
        for (String text : texts) {
            if (text.length() > MAX_TEXT) {
                return "a field has " + text.length() + " characters; the limit is " + MAX_TEXT;
            }
            if (text.indexOf('\0') >= 0 || text.indexOf('\n') >= 0) {
                return "a field holds a line break or a zero character";
            }
        }
        return "";
    }
}
