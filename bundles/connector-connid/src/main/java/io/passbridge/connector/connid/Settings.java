/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.AttributeMapping;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.credential.PasswordKind;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.identityconnectors.framework.common.objects.Name;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.OperationalAttributes;

/**
 * What the bridge has to know beside the connector's own properties: which of its attributes are
 * what. Names without a connector's meaning, so that none of theirs is hidden.
 *
 * @param objectClass of the accounts
 * @param anchorFrom attribute with the anchor of a source's users, or empty: no source
 * @param loginFrom attribute with the login name of a source's users
 * @param hashFrom attribute with the hashed password of a source's users, or empty
 * @param attributes what else a source gives
 * @param anchorIn attribute that keeps the anchor at a target, or empty: no target
 * @param nameForm how a target's users are named, with {@code {loginName}}
 * @param fields attribute of a target for a field of an account, or a free attribute
 * @param versionIn attribute that keeps the version of a password and state, or empty
 * @param digestIn attribute that takes the digest
 * @param stateIn attribute that takes whether an account may sign in
 * @param digests the kinds that whoever reads the digest can verify
 */
record Settings(
        ObjectClass objectClass,
        String anchorFrom,
        String loginFrom,
        String hashFrom,
        AttributeMapping attributes,
        String anchorIn,
        String nameForm,
        Map<String, String> fields,
        String versionIn,
        String digestIn,
        String stateIn,
        Set<String> digests) {
    private static final String LOGIN = "{loginName}";
    private static final Set<String> MAPPED = fieldsOf(AttributeMapping.FIELDS);

    static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.optional(
                            "accountClass",
                            Type.TEXT,
                            ObjectClass.ACCOUNT_NAME,
                            "ConnId's object class of the accounts."),
                    Parameter.optional(
                            "anchorFrom",
                            Type.TEXT,
                            "",
                            "As a source: the attribute that identifies a user for good."),
                    Parameter.optional(
                            "loginFrom",
                            Type.TEXT,
                            Name.NAME,
                            "As a source: the attribute with the login name."),
                    Parameter.optional(
                            "hashFrom",
                            Type.TEXT,
                            "",
                            "As a source: the attribute with the hashed password, as"
                                    + " {SCHEME}DATA."),
                    AttributeMapping.parameter(),
                    Parameter.optional(
                            "anchorIn",
                            Type.TEXT,
                            "",
                            "As a target: the attribute that keeps the source's anchor."),
                    Parameter.optional(
                            "nameForm",
                            Type.TEXT,
                            LOGIN,
                            "As a target: the name of a new account, around {loginName}."),
                    Parameter.optional(
                            "fieldsIn",
                            Type.LIST,
                            "",
                            "As a target: ATTRIBUTE=FIELD, for displayName, givenName, familyName,"
                                    + " mail and what a source gives beside them."),
                    Parameter.optional(
                            "versionIn",
                            Type.TEXT,
                            "",
                            "As a target of passwords: the attribute, of 64 characters, that keeps"
                                    + " what was written."),
                    Parameter.optional(
                            "digestIn",
                            Type.TEXT,
                            OperationalAttributes.PASSWORD_NAME,
                            "As a target of passwords: the attribute that takes the digest."),
                    Parameter.optional(
                            "stateIn",
                            Type.TEXT,
                            OperationalAttributes.ENABLE_NAME,
                            "As a target of passwords: the attribute that is false for whoever may"
                                    + " not sign in."),
                    Parameter.optional(
                            "digests",
                            Type.LIST,
                            "",
                            "As a target of passwords: the kinds of digests that its readers can"
                                    + " verify."));

    static Settings of(ConnectorConfiguration configuration) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String entry : configuration.list("fieldsIn")) {
            String[] parts = entry.split("=", 2);
            fields.put(parts[0].strip(), parts[parts.length - 1].strip());
        }
        return new Settings(
                new ObjectClass(text(configuration, "accountClass")),
                text(configuration, "anchorFrom"),
                text(configuration, "loginFrom"),
                text(configuration, "hashFrom"),
                AttributeMapping.of(configuration),
                text(configuration, "anchorIn"),
                text(configuration, "nameForm"),
                fields,
                text(configuration, "versionIn"),
                text(configuration, "digestIn"),
                text(configuration, "stateIn"),
                Set.copyOf(configuration.list("digests").stream().map(Settings::kind).toList()));
    }

    private static String text(ConnectorConfiguration configuration, String parameter) {
        return configuration.text(parameter).orElse("").strip();
    }

    /** As digests carry it: our own schemes in small letters, kinds as the table has them. */
    private static String kind(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return small.startsWith("pph") ? small : name.toUpperCase(Locale.ROOT);
    }

    boolean isSource() {
        return !anchorFrom.isEmpty();
    }

    boolean isAccountTarget() {
        return !anchorIn.isEmpty();
    }

    boolean isPasswordTarget() {
        return isAccountTarget() && !digests.isEmpty();
    }

    String nameOf(String loginName) {
        return nameForm.replace(LOGIN, loginName);
    }

    static List<Finding> validate(ConnectorConfiguration configuration) {
        Settings settings = of(configuration);
        List<Finding> faults = new ArrayList<>(AttributeMapping.validate(configuration, MAPPED));
        if (!settings.isSource() && !settings.isAccountTarget()) {
            faults.add(
                    Finding.error(
                            "anchorFrom",
                            "is not set, nor is 'anchorIn'",
                            "set 'anchorFrom' to use it as a source, 'anchorIn' as a target"));
        }
        if (!settings.nameForm.contains(LOGIN)) {
            faults.add(Finding.error("nameForm", "does not contain " + LOGIN, "put it in"));
        }
        if (settings.isPasswordTarget() && settings.versionIn.isEmpty()) {
            faults.add(
                    Finding.error(
                            "versionIn",
                            "is not set, though 'digests' is",
                            "name an attribute that only Passbridge writes, so that no older"
                                    + " password replaces a newer one"));
        }
        for (String digest : settings.digests) {
            boolean known =
                    digest.equals("pph1")
                            || digest.equals("pph2")
                            || PasswordKind.withText(digest)
                                    .filter(PasswordKind::mayPass)
                                    .isPresent();
            if (!known) {
                faults.add(
                        Finding.error(
                                "digests",
                                "'" + digest + "' is no kind that may be sent",
                                "take pph1, pph2 or a salted kind of docs/formats/digests.md"));
            }
        }
        return faults;
    }

    private static Set<String> fieldsOf(Set<String> all) {
        Set<String> fields = new HashSet<>(all);
        fields.remove("loginName");
        return Set.copyOf(fields);
    }
}
