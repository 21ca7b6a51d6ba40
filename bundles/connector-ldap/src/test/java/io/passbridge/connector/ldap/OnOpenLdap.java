/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tests on a real server, where one can be made. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.OpenLdapLab#possible",
        disabledReason = "no OpenLDAP server can be made here: that needs slapd and ldap-utils")
@interface OnOpenLdap {}
