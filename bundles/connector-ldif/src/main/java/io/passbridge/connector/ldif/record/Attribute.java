/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

/** The attributes that mean something to this connector; all others are skipped undecoded. */
public enum Attribute {
    // what a record is
    OBJECT_CLASS("objectClass"),
    IS_DELETED("isDeleted"),
    IS_CRITICAL("isCriticalSystemObject"),

    /**
     * The anchor of a format that has no attributes; without a name, so that no file can set it.
     */
    FILE_ANCHOR(""),

    // names
    UID("uid"),
    SAM_ACCOUNT_NAME("sAMAccountName"),
    USER_PRINCIPAL_NAME("userPrincipalName"),
    MAIL("mail"),
    CN("cn"),
    DISPLAY_NAME("displayName"),
    GIVEN_NAME("givenName"),
    SN("sn"),

    // credentials
    USER_PASSWORD("userPassword"),
    SAMBA_NT_PASSWORD("sambaNTPassword"),
    UNICODE_PWD("unicodePwd"),
    IPA_NT_HASH("ipaNTHash"),

    // when the password was set
    SAMBA_PWD_LAST_SET("sambaPwdLastSet"),
    PWD_LAST_SET("pwdLastSet"),
    PWD_CHANGED_TIME("pwdChangedTime"),
    PWD_UPDATE_TIME("pwdUpdateTime"),
    KRB_LAST_PWD_CHANGE("krbLastPwdChange"),
    SHADOW_LAST_CHANGE("shadowLastChange"),

    // when the entry was changed
    MODIFY_TIMESTAMP("modifyTimestamp"),
    ENTRY_CSN("entryCSN"),
    WHEN_CHANGED("whenChanged"),

    // account state
    USER_ACCOUNT_CONTROL("userAccountControl"),
    SAMBA_ACCT_FLAGS("sambaAcctFlags"),
    SAMBA_KICKOFF_TIME("sambaKickoffTime"),
    NS_ACCOUNT_LOCK("nsAccountLock"),
    PWD_ACCOUNT_LOCKED_TIME("pwdAccountLockedTime"),
    PWD_RESET("pwdReset"),
    PWD_END_TIME("pwdEndTime"),
    ACCOUNT_EXPIRES("accountExpires"),
    PASSWORD_EXPIRY_COMPUTED("msDS-UserPasswordExpiryTimeComputed"),
    PASSWORD_EXPIRATION_TIME("passwordExpirationTime"),
    KRB_PASSWORD_EXPIRATION("krbPasswordExpiration"),
    KRB_PRINCIPAL_EXPIRATION("krbPrincipalExpiration"),
    SHADOW_EXPIRE("shadowExpire");

    private final String ldapName;

    Attribute(String ldapName) {
        this.ldapName = ldapName;
    }

    /** Whether it says when an entry was changed, and nothing else. */
    public static boolean isTime(int slot) {
        return slot == MODIFY_TIMESTAMP.ordinal()
                || slot == ENTRY_CSN.ordinal()
                || slot == WHEN_CHANGED.ordinal();
    }

    public String ldapName() {
        return ldapName;
    }
}
