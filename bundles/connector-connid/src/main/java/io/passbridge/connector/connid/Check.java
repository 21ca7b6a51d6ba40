/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.identityconnectors.framework.common.objects.AttributeInfo;
import org.identityconnectors.framework.common.objects.Name;
import org.identityconnectors.framework.common.objects.ObjectClassInfo;
import org.identityconnectors.framework.common.objects.Schema;
import org.identityconnectors.framework.common.objects.Uid;

/** Whether the system has the attributes that the configuration names. */
final class Check {
    private final Settings settings;

    Check(Settings settings) {
        this.settings = settings;
    }

    List<Finding> of(Schema schema) {
        String type = settings.objectClass().getObjectClassValue();
        ObjectClassInfo info = schema.findObjectClassInfo(type);
        if (info == null) {
            return List.of(
                    Finding.error(
                            "accountClass",
                            "the system has no '" + type + "'",
                            "take one of "
                                    + schema.getObjectClassInfo().stream()
                                            .map(ObjectClassInfo::getType)
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("accountClass", "'" + type + "' can be read"));
        if (settings.isSource()) {
            readable(info, "anchorFrom", settings.anchorFrom()).ifPresent(findings::add);
            readable(info, "loginFrom", settings.loginFrom()).ifPresent(findings::add);
            readable(info, "hashFrom", settings.hashFrom()).ifPresent(findings::add);
            settings.attributes()
                    .attributes()
                    .forEach(
                            origin ->
                                    readable(info, "attributes", origin).ifPresent(findings::add));
        }
        if (settings.isAccountTarget()) {
            readable(info, "anchorIn", settings.anchorIn()).ifPresent(findings::add);
            writable(info, "anchorIn", settings.anchorIn(), true).ifPresent(findings::add);
            settings.fields()
                    .keySet()
                    .forEach(
                            name ->
                                    writable(info, "fieldsIn", name, false)
                                            .ifPresent(findings::add));
        }
        if (settings.isPasswordTarget()) {
            readable(info, "versionIn", settings.versionIn()).ifPresent(findings::add);
            writable(info, "versionIn", settings.versionIn(), false).ifPresent(findings::add);
            writable(info, "digestIn", settings.digestIn(), false).ifPresent(findings::add);
            writable(info, "stateIn", settings.stateIn(), false).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> readable(ObjectClassInfo info, String parameter, String name) {
        return check(info, parameter, name, AttributeInfo::isReadable, "be read");
    }

    private Optional<Finding> writable(
            ObjectClassInfo info, String parameter, String name, boolean once) {
        return check(
                info,
                parameter,
                name,
                attribute -> once ? attribute.isCreateable() : attribute.isUpdateable(),
                "be written");
    }

    private Optional<Finding> check(
            ObjectClassInfo info,
            String parameter,
            String name,
            java.util.function.Predicate<AttributeInfo> able,
            String what) {
        if (name.isEmpty() || Set.of(Name.NAME, Uid.NAME).contains(name)) {
            return Optional.empty();
        }
        Optional<AttributeInfo> found =
                info.getAttributeInfo().stream().filter(a -> a.is(name)).findFirst();
        if (found.isEmpty()) {
            Set<String> names = new TreeSet<>();
            info.getAttributeInfo().forEach(attribute -> names.add(attribute.getName()));
            return Optional.of(
                    Finding.error(
                            parameter,
                            "the system has no attribute '" + name + "'",
                            "take one of " + String.join(", ", names)));
        }
        return found.filter(able.negate())
                .map(
                        attribute ->
                                Finding.error(
                                        parameter,
                                        "'" + name + "' cannot " + what,
                                        "take another attribute, or give the account the right"));
    }
}
