/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests against a real domain controller. A {@code SambaLab} parameter is the one that all classes
 * share; whoever stops it starts it again.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.SambaLab#possible",
        disabledReason =
                "no Samba domain controller can be made here: that needs root and samba-ad-dc")
@ExtendWith(SharedLab.class)
@interface LiveDomain {}
