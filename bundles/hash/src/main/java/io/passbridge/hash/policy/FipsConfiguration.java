/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The FIPS policy as it is configured. */
@ObjectClassDefinition(
        name = "Passbridge FIPS policy",
        description = "Whether only approved algorithms may protect, and what is excepted.")
@interface FipsConfiguration {
    @AttributeDefinition(
            description =
                    "'on': protect with approved algorithms of the validated module alone. 'off':"
                            + " unless the operating system enforces FIPS. Default off.",
            options = {@Option("off"), @Option("on")})
    String enforce() default "off";

    @AttributeDefinition(
            description =
                    "Whether passwords may be read from Active Directory, whose protocol needs"
                            + " MD4, MD5, RC4 and DES, and digested by pph1 with its short salt,"
                            + " while FIPS is enforced. Default false.")
    boolean allowLegacyForPasswordSync() default false;

    @AttributeDefinition(
            description =
                    "Further purposes that stay permitted, separated by commas, as fips:status"
                            + " names them: 'verify NT digest'. Default none.")
    String[] exceptions() default {};
}
